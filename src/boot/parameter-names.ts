import type { Node } from 'oxc-parser';
import { constructorOf } from './injection.ts';
import type { Value } from './value.ts';

/** Names of what a function, or the constructor of a class, takes; those of patterns are empty. */
export function parameterNames(value: Value): readonly string[] {
  const parameters =
    value.kind === 'function' ? value.node.params : value.kind === 'class' ? constructorOf(value).member?.value.params : [];
  return (parameters ?? []).map((parameter) => nameOf(parameter));
}

function nameOf(parameter: Node): string {
  switch (parameter.type) {
    case 'Identifier':
      return parameter.name;
    case 'TSParameterProperty':
      return nameOf(parameter.parameter);
    case 'AssignmentPattern':
      return nameOf(parameter.left);
    default:
      return '';
  }
}
