import type { Statement } from 'oxc-parser';
import type { Environment, Machine } from './machine.ts';

/** Function declarations exist from the start of their block; everything else when its statement is reached. */
export function hoist(machine: Machine, statements: readonly Statement[], environment: Environment): void {
  for (const statement of statements) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'FunctionDeclaration' || declaration.id === null) continue;
    environment.scope.bindings.set(declaration.id.name, {
      value: machine.makeFunction(declaration, environment),
      depth: machine.state.guards.length,
    });
  }
}
