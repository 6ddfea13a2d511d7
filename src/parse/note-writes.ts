import type * as ast from 'oxc-parser';
import type { DeclarationSyntax, Expression } from '../model/file-syntax.ts';
import { draftAt, type Extraction, lookup } from './extraction.ts';
import { memberProperty, unwrap } from './keys.ts';

type Write = NonNullable<DeclarationSyntax['written']>[number];

const MOST_WRITES = 16;

/** `sql = …` and `sql += …`: kept with the variable, whose initialiser alone would not tell its value. */
export function noteAssignedValue(x: Extraction, node: ast.AssignmentExpression, value: Expression): void {
  const target = unwrap(node.left);
  if (target.type !== 'Identifier') return;
  if (node.operator === '=') note(x, target.name, { how: 'assign', value });
  else if (node.operator === '+=') note(x, target.name, { how: 'append', value });
}

/** Members that an object gets after it was made are no more than this. */
const MOST_LATER_MEMBERS = 100;

/** `cache.has = function () { … }`: a member of the object that the constant holds. */
export function noteLaterMember(x: Extraction, node: ast.AssignmentExpression, value: Expression): void {
  const target = unwrap(node.left);
  if (value.kind !== 'function' || target.type !== 'MemberExpression' || target.object.type !== 'Identifier') return;
  const key = memberProperty(target);
  const index = lookup(x.scope, target.object.name)?.names.get(target.object.name) ?? -1;
  const draft = index < 0 ? undefined : draftAt(x, index);
  if (key === undefined || draft?.mutability !== 'const' || draft.initializer?.kind !== 'object') return;
  const { properties } = draft.initializer;
  if (properties.length < MOST_LATER_MEMBERS) draft.initializer = { ...draft.initializer, properties: [...properties, { key, value }] };
}

/** `conditions.push(…)`. */
export function notePushedValues(x: Extraction, node: ast.CallExpression, values: readonly Expression[]): void {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || memberProperty(callee) !== 'push') return;
  const list = unwrap(callee.object);
  if (list.type === 'Identifier') for (const value of values) note(x, list.name, { how: 'push', value });
}

function note(x: Extraction, name: string, write: Write): void {
  const index = lookup(x.scope, name)?.names.get(name);
  if (index === undefined || index < 0) return;
  const draft = draftAt(x, index);
  if (draft.kind !== 'variable' || (draft.written?.length ?? 0) >= MOST_WRITES) return;
  draft.written = draft.written === undefined ? [write] : draft.written.concat(write);
}
