import type { ExportDefaultDeclaration, Statement } from 'oxc-parser';
import { DEFAULT_BINDING, declare } from './bindings.ts';
import { makeClass } from './classes.ts';
import { makeFunction } from './functions.ts';
import type { Completion, Environment, Machine } from './machine.ts';
import type { Value } from './value.ts';

/** The statements that only modules have; their imports and exported names were declared when the module was opened. */
export function executeModuleStatement(machine: Machine, node: Statement, environment: Environment): Completion {
  const { module } = environment.frame;
  switch (node.type) {
    case 'ExportNamedDeclaration':
      return node.declaration === null ? 'normal' : machine.execute(node.declaration, environment);
    case 'ExportDefaultDeclaration':
      declare(machine, environment, DEFAULT_BINDING, defaultValue(machine, node, environment), 'lexical');
      return 'normal';
    case 'TSExportAssignment':
      module.assigned = machine.evaluate(node.expression, environment);
      return 'normal';
    case 'TSImportEqualsDeclaration': {
      const { moduleReference } = node;
      if (node.importKind === 'type') return 'normal';
      if (moduleReference.type === 'TSExternalModuleReference') {
        const specifier = moduleReference.expression.value;
        declare(machine, environment, node.id.name, machine.importTarget(module.targets.get(specifier), specifier, 'require'), 'lexical');
      }
      return 'normal';
    }
    default:
      return 'normal';
  }
}

function defaultValue(machine: Machine, node: ExportDefaultDeclaration, environment: Environment): Value {
  const { declaration } = node;
  switch (declaration.type) {
    case 'FunctionDeclaration':
      return (
        (declaration.id === null ? undefined : environment.scope.bindings.get(declaration.id.name)?.value) ??
        makeFunction(machine, declaration, environment, { name: declaration.id?.name ?? 'default' })
      );
    case 'ClassDeclaration': {
      const made = makeClass(machine, declaration, environment);
      if (declaration.id !== null) declare(machine, environment, declaration.id.name, made, 'lexical');
      return made;
    }
    case 'TSInterfaceDeclaration':
      return { kind: 'unknown' };
    default:
      return machine.evaluate(declaration as Parameters<Machine['evaluate']>[0], environment);
  }
}
