import type * as ast from 'oxc-parser';
import type { EnvironmentReadSyntax, Expression } from '../model/file-syntax.ts';
import type { Span } from '../model/location.ts';
import { type Draft, type Extraction, lookup, markEnvironment, spanOf } from './extraction.ts';
import { constantKey, memberProperty, unwrap } from './keys.ts';

/** Whether a node is `process.env`, or a name that was given it. */
export function isEnvironment(x: Extraction, node: ast.Node): boolean {
  const bare = unwrap(node);
  if (bare.type === 'Identifier') return lookup(x.scope, bare.name)?.environment?.has(bare.name) === true;
  return bare.type === 'MemberExpression' && memberProperty(bare) === 'env' && isProcess(x, bare.object);
}

/** Whether a node is the global `process`, `globalThis.process`, or an import of `node:process`. */
export function isProcess(x: Extraction, node: ast.Node): boolean {
  const bare = unwrap(node);
  if (bare.type === 'MemberExpression') {
    return memberProperty(bare) === 'process' && bare.object.type === 'Identifier' && /^global(This)?$/.test(bare.object.name);
  }
  if (bare.type !== 'Identifier') return false;
  const scope = lookup(x.scope, bare.name);
  return scope === undefined ? bare.name === 'process' : scope.processes?.has(bare.name) === true;
}

/** Records `process.env.X`; a bare `process.env` that goes somewhere else is a read of unknown names. */
export function readEnvironmentMember(x: Extraction, node: ast.MemberExpression, property: string | undefined): void {
  const { object } = node;
  // Cheap refusal first: this runs on every member expression.
  if (
    object.type === 'Identifier' ||
    object.type === 'MemberExpression' ||
    object.type === 'TSNonNullExpression' ||
    object.type === 'TSAsExpression'
  ) {
    if (isEnvironment(x, object)) {
      x.handledEnvironment.add(unwrap(object));
      if (!x.written.has(node)) recordMemberRead(x, node, property);
      return;
    }
  }
  if (property === 'env' && !x.handledEnvironment.has(node) && !x.written.has(node) && isProcess(x, object)) {
    recordEnvironmentRead(x, undefined, spanOf(node));
  }
}

function recordMemberRead(x: Extraction, node: ast.MemberExpression, property: string | undefined): void {
  recordEnvironmentRead(x, property, spanOf(node));
  const key = node.computed && property === undefined ? unwrap(node.property) : undefined;
  const read = x.environmentReads.at(-1);
  if (key?.type === 'Identifier' && read !== undefined)
    x.environmentReads[x.environmentReads.length - 1] = { ...read, key: { kind: 'name', name: key.name, span: spanOf(key) } };
}

export function recordEnvironmentRead(x: Extraction, name: string | undefined, span: Span, fallback?: Expression): void {
  x.environmentReads.push(environmentRead(x.code === 0 ? x.owner : x.code, name, span, fallback));
}

function environmentRead(owner: number, name: string | undefined, span: Span, fallback: Expression | undefined): EnvironmentReadSyntax {
  const read: Draft<EnvironmentReadSyntax> = { owner, span };
  if (name !== undefined) read.name = name;
  if (fallback !== undefined) read.default = fallback;
  return read;
}

/** `process.env.X ?? fallback`: gives the read that `node` made its default. */
export function readEnvironmentDefault(x: Extraction, node: ast.Node, fallback: Expression, before: number): void {
  const bare = unwrap(node);
  for (let index = before - 1; index >= 0; index--) {
    const read = x.environmentReads[index];
    if (read === undefined || read.span.start < bare.start) return;
    if (read.span.start === bare.start && read.span.end === bare.end) {
      x.environmentReads[index] = { ...read, default: fallback };
      return;
    }
  }
}

/** `const { X = 'd' } = process.env` reads names; `const env = process.env` makes a name for it. */
export function takeEnvironment(x: Extraction, id: ast.BindingPattern, init: ast.Node, mutability: 'const' | 'let' | 'var'): void {
  if (id.type === 'ObjectPattern' && isProcess(x, init)) takeFromProcess(x, id);
  if (!isEnvironment(x, init)) return;
  if (id.type === 'Identifier' && mutability === 'const') {
    x.handledEnvironment.add(unwrap(init));
    markEnvironment(x, id.name);
  } else if (id.type === 'ObjectPattern') {
    x.handledEnvironment.add(unwrap(init));
    readPattern(x, id);
  }
}

/** `const { env } = process` and `const { env: { X } } = process`. */
function takeFromProcess(x: Extraction, id: ast.ObjectPattern): void {
  for (const property of id.properties) {
    if (property.type !== 'Property' || constantKey(property) !== 'env') continue;
    if (property.value.type === 'Identifier') markEnvironment(x, property.value.name);
    else if (property.value.type === 'ObjectPattern') readPattern(x, property.value);
  }
}

function readPattern(x: Extraction, pattern: ast.ObjectPattern): void {
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      recordEnvironmentRead(x, undefined, spanOf(property));
      continue;
    }
    const { value } = property;
    // The default is walked with the pattern; here it is only read.
    const fallback = value.type === 'AssignmentPattern' ? constantExpression(value.right) : undefined;
    x.environmentReads.push(environmentRead(patternOwner(x, value), constantKey(property), spanOf(property), fallback));
  }
}

/** At the module's own level the name that a pattern binds is what reads it. */
function patternOwner(x: Extraction, value: ast.Node): number {
  if (x.code !== 0) return x.code;
  const target = value.type === 'AssignmentPattern' ? value.left : value;
  return (target.type === 'Identifier' ? x.scope.names.get(target.name) : undefined) ?? x.owner;
}

function constantExpression(node: ast.Node): Expression {
  const span = spanOf(node);
  if (node.type === 'Identifier') return { kind: 'name', name: node.name, span };
  if (node.type !== 'Literal' || typeof node.value === 'object' || typeof node.value === 'bigint') return { kind: 'other', span };
  return { kind: 'literal', value: node.value, span };
}
