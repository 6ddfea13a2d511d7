import type { Statement, TSEnumDeclaration, TSGlobalDeclaration, TSModuleDeclaration } from 'oxc-parser';
import { declare } from './bindings.ts';
import { hoist } from './hoist.ts';
import type { Environment, Machine } from './machine.ts';
import { createScope, lookUp } from './scope.ts';
import { constant, objectOf, UNKNOWN, type Value } from './value.ts';

/** An enum is an object of its members, with the reverse names of numbers. */
export function declareEnum(machine: Machine, node: TSEnumDeclaration, environment: Environment): void {
  if (node.declare) return;
  const made = objectOf([], machine.state.guards.length);
  const inner: Environment = { scope: createScope('block', environment.scope), frame: environment.frame };
  let next = 0;
  for (const member of node.body.members) {
    const name = member.id.type === 'Identifier' ? member.id.name : member.id.type === 'Literal' ? String(member.id.value) : undefined;
    if (name === undefined) continue;
    const value: Value = member.initializer === null ? constant(next) : machine.evaluate(member.initializer, inner);
    if (value.kind === 'constant' && typeof value.value === 'number') {
      next = value.value + 1;
      made.properties.set(String(value.value), constant(name));
    }
    made.properties.set(name, value);
    inner.scope.bindings.set(name, { value, depth: machine.state.guards.length });
  }
  declare(machine, environment, node.id.name, made, 'lexical');
}

/** A namespace is an object of what it exports. */
export function executeNamespace(machine: Machine, node: TSModuleDeclaration | TSGlobalDeclaration, environment: Environment): void {
  if (node.declare || node.body === null || node.id.type !== 'Identifier') return;
  const inner: Environment = { scope: createScope('block', environment.scope), frame: environment.frame };
  const statements = node.body.body as readonly Statement[];
  hoist(machine, statements, inner);
  const before = lookUp(environment.scope, node.id.name)?.value;
  const made = before?.kind === 'object' ? before : objectOf([], machine.state.guards.length);
  declare(machine, environment, node.id.name, made, 'lexical');
  for (const statement of statements) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : undefined;
    if (declaration === null || declaration === undefined) {
      machine.execute(statement, inner);
      continue;
    }
    machine.execute(declaration, inner);
    for (const name of declaredNames(declaration)) made.properties.set(name, inner.scope.bindings.get(name)?.value ?? UNKNOWN);
  }
}

/** Plain names that a declaration introduces. */
export function declaredNames(declaration: Statement): readonly string[] {
  switch (declaration.type) {
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) => patternNames(id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      return declaration.id === null ? [] : [declaration.id.name];
    case 'TSModuleDeclaration':
      return declaration.id.type === 'Identifier' ? [declaration.id.name] : [];
    default:
      return [];
  }
}

type Pattern = Extract<Statement, { type: 'VariableDeclaration' }>['declarations'][number]['id'];

function patternNames(pattern: Pattern): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => patternNames(property.type === 'RestElement' ? property.argument : property.value));
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) =>
        element === null ? [] : patternNames(element.type === 'RestElement' ? element.argument : element),
      );
    default:
      return patternNames(pattern.left);
  }
}
