import type { Node } from 'oxc-parser';
import type { Machine } from './machine.ts';
import { lookUp } from './scope.ts';
import { type CallSite, type ClassValue, UNKNOWN, type Value } from './value.ts';

/**
 * What a container gives for a class: its one instance. Constructor parameters are made in the same way by the classes
 * that their types name; interfaces and tokens stay unknown.
 */
export function injected(machine: Machine, wanted: Value | undefined, site: CallSite): Value {
  if (wanted?.kind !== 'class') return { kind: 'unknown', origin: site };
  const { instances } = machine.state;
  const known = instances.get(wanted.node);
  if (known !== undefined) return known;
  instances.set(wanted.node, UNKNOWN);
  const given = constructorParameters(wanted).map((parameter) => injected(machine, classNamed(wanted, typeName(parameter)), site));
  const made = machine.construct(wanted, given, site);
  instances.set(wanted.node, made);
  return made;
}

function constructorParameters(owner: ClassValue): readonly Node[] {
  for (let current: Value | undefined = owner; current?.kind === 'class'; current = current.superClass) {
    if (current.constructorMember !== undefined) return current.constructorMember.value.params;
  }
  return [];
}

function typeName(parameter: Node): string | undefined {
  const target = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  const name = target.type === 'AssignmentPattern' ? target.left : target;
  const type = name.type === 'Identifier' ? name.typeAnnotation?.typeAnnotation : undefined;
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : undefined;
}

function classNamed(owner: ClassValue, name: string | undefined): Value | undefined {
  const binding = name === undefined ? undefined : lookUp(owner.scope, name);
  return binding?.live?.() ?? binding?.value;
}
