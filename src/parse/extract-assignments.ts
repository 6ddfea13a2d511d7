import type * as ast from 'oxc-parser';
import type { Expression } from '../model/file-syntax.ts';
import type { Span } from '../model/location.ts';
import { recordCommonJsExport } from './extract-modules.ts';
import { declare, draftAt, type Extraction, lookup, type MutationCandidate, ownedBy, refer, spanOf } from './extraction.ts';
import { memberProperty, unwrap } from './keys.ts';
import { noteAssignedValue, noteLaterMember } from './note-writes.ts';

/** Methods that change the collection they are called on. */
const mutatingMethods = new Set([
  'set',
  'add',
  'delete',
  'clear',
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'sort',
  'reverse',
  'fill',
  'copyWithin',
]);

export function extractAssignment(x: Extraction, node: ast.AssignmentExpression, span: Span): Expression {
  const exported = recordCommonJsExport(x, node);
  if (exported !== undefined) return exported;
  const isStatement = x.statement === node;
  const first = x.mutations.length;
  assignTo(x, node.left, node.operator === '=' ? 'assign' : 'update', span);
  if (node.operator !== '=' && !(isStatement && isArithmetic(node.operator))) readTarget(x, node.left);
  const value = x.visit.expression(x, node.right);
  if (!isArithmetic(node.operator)) keepValue(x, first, span, value);
  noteAssignedValue(x, node, value);
  if (node.operator === '=') {
    noteFieldAssignment(x, node, value);
    noteLaterMember(x, node, value);
  }
  return value;
}

export function extractUpdate(x: Extraction, node: ast.UpdateExpression, span: Span): Expression {
  const isStatement = x.statement === node;
  assignTo(x, node.argument, 'update', span);
  if (!isStatement) readTarget(x, node.argument);
  return { kind: 'other', span };
}

export function extractDelete(x: Extraction, node: ast.UnaryExpression, span: Span): Expression {
  assignTo(x, node.argument, 'delete', span);
  return { kind: 'other', span };
}

const isArithmetic = (operator: string): boolean => operator !== '=' && operator !== '??=' && operator !== '||=';

/** The target of an update whose value is taken, too, is read. */
function readTarget(x: Extraction, node: ast.Node): void {
  const target = unwrap(node);
  if (target.type === 'Identifier') refer(x, target.name, 'value', target.start);
  if (target.type !== 'MemberExpression' || target.object.type !== 'Identifier') return;
  refer(x, target.object.name, 'value', target.object.start, { property: memberProperty(target) ?? '*' });
}

function keepValue(x: Extraction, index: number, span: Span, value: Expression): void {
  const candidate = x.mutations[index];
  if (candidate?.span === span && candidate.operation !== 'call') x.mutations[index] = { ...candidate, value };
}

/** Notes what an assignment target changes, in patterns too, and walks the expressions in it. */
export function assignTo(x: Extraction, node: ast.Node, operation: MutationCandidate['operation'], span: Span): void {
  const target = unwrap(node);
  switch (target.type) {
    case 'Identifier':
    case 'MemberExpression':
      x.written.add(target);
      note(x, target, { operation, span });
      x.visit.expression(x, target);
      break;
    case 'ArrayPattern':
      for (const element of target.elements) if (element) assignTo(x, element, operation, span);
      break;
    case 'ObjectPattern':
      for (const property of target.properties) {
        if (property.type === 'Property' && property.computed) x.visit.expression(x, property.key);
        assignTo(x, property.type === 'Property' ? property.value : property.argument, operation, span);
      }
      break;
    case 'AssignmentPattern':
      assignTo(x, target.left, operation, span);
      x.visit.expression(x, target.right);
      break;
    case 'RestElement':
      assignTo(x, target.argument, operation, span);
      break;
    default:
      x.visit.expression(x, target);
  }
}

/** `cache.set(…)`, `queue.items.push(…)`: whether the root is module state is decided when all names are known. */
export function noteMutatingCall(x: Extraction, node: ast.CallExpression, span: Span): void {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return;
  const method = memberProperty(callee);
  if (method !== undefined && mutatingMethods.has(method)) note(x, callee.object, { operation: 'call', method, span });
  else if (method === 'assign' && isObjectGlobal(callee.object) && node.arguments[0]) {
    note(x, node.arguments[0], { operation: 'assign', span });
  }
}

const isObjectGlobal = (node: ast.Node): boolean => node.type === 'Identifier' && node.name === 'Object';

function note(x: Extraction, node: ast.Node, change: Pick<MutationCandidate, 'operation' | 'method' | 'span'>): void {
  const path: string[] = [];
  let current = unwrap(node);
  while (current.type === 'MemberExpression') {
    path.push(memberProperty(current) ?? '*');
    current = unwrap(current.object);
  }
  const root = current.type === 'Identifier' ? current.name : current.type === 'ThisExpression' && changesInstance(x) ? 'this' : undefined;
  if (root === undefined) return;
  // The copy has no room to grow.
  const ways = path.toReversed();
  if (ways.length > 0 || change.operation === 'call' || change.operation === 'update')
    markChanged(x, root, change.operation === 'delete' ? ways.slice(0, -1) : ways);
  x.mutations.push({ root, scope: x.scope, path: ways, owner: x.code, ...change });
}

const MOST_CHANGED = 32;

function markChanged(x: Extraction, name: string, path: readonly string[]): void {
  const scope = lookup(x.scope, name);
  const index = scope === undefined || scope.kind === 'module' ? -1 : (scope.names.get(name) ?? -1);
  const draft = index < 0 ? undefined : draftAt(x, index);
  if (draft?.kind !== 'variable' && draft?.kind !== 'parameter') return;
  const known = draft.changed ?? [];
  const changed = known.length === MOST_CHANGED - 1 ? '*' : path.slice(0, 2).join('.');
  if (known.length < MOST_CHANGED && !known.includes(changed)) draft.changed = [...known, changed];
}

/** A method changes its instance; what a constructor assigns is how the instance begins. */
const changesInstance = (x: Extraction): boolean =>
  x.currentClass >= 0 && draftAt(x, x.code).kind !== 'constructor' && x.code > x.currentClass;

/** `this.repository = repository`: a field, when the class declares none of that name; its value when it has none. */
function noteFieldAssignment(x: Extraction, node: ast.AssignmentExpression, value: Expression): void {
  const { left } = node;
  if (x.currentClass < 0 || left.type !== 'MemberExpression' || left.object.type !== 'ThisExpression') return;
  const name = memberProperty(left);
  if (name === undefined) return;
  const fields = x.fields.get(x.currentClass);
  const known = fields?.get(name);
  if (known !== undefined) {
    const draft = draftAt(x, known);
    const isTold = draft.type !== undefined && draftAt(x, x.code).kind !== 'constructor';
    if (draft.kind !== 'field' || isTold || draft.initializer !== undefined) return;
    draft.initializer = value;
    draft.initializerOwner = x.owner;
    return;
  }
  const index = ownedBy(x, x.currentClass, 'outer-code', () => declare(x, 'field', { segment: name, binding: name }, spanOf(node)));
  const draft = draftAt(x, index);
  draft.initializer = value;
  draft.initializerOwner = x.owner;
  fields?.set(name, index);
}
