import { placeOf } from '../lib/place.ts';
import { compareText } from '../lib/sort.ts';
import type { CallSyntax, DeclarationSyntax, Expression } from '../model/file-syntax.ts';
import type { SymbolId } from '../model/ids.ts';
import type { CallEdge, CallKind, LinkCounts } from '../model/program.ts';
import type { Evaluator } from './evaluator.ts';
import { implementationsOf, type Target } from './implementations.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';
import { symbolOf } from './symbol-of.ts';
import { optionsOf, type Value } from './value.ts';

type CallCounts = Pick<LinkCounts, 'calls' | 'internal' | 'external' | 'unresolved'>;
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A call that names and declared types do not resolve. */
export interface UndecidedCall {
  readonly file: LinkedFile;
  readonly call: CallSyntax;
  /** The edge it would be, but for its end. */
  readonly edge: Omit<CallEdge, 'to' | 'provenance'>;
}

export interface Calls {
  readonly edges: readonly CallEdge[];
  readonly counts: CallCounts;
  readonly undecided: readonly UndecidedCall[];
}

/** Edges of every call of the program, and how many of them were resolved. */
export function callEdges(e: Evaluator): Calls {
  const edges: CallEdge[] = [];
  const counts: Mutable<CallCounts> = { calls: 0, internal: 0, external: 0, unresolved: 0 };
  const undecided: UndecidedCall[] = [];
  for (const file of e.files.values()) {
    const decorated = decoratorCalls(file);
    // From the last to the first: the inner calls of a long chain are known before the outer ones ask for them.
    for (let index = file.syntax.calls.length - 1; index >= 0; index--) {
      const call = file.syntax.calls[index];
      if (call !== undefined && !isImport(file, call))
        addCall(e, { file, call, decorated: decorated.get(index) }, { edges, counts, undecided });
    }
    addBareDecorators(e, file, edges);
    addInheritedConstructions(e, file, edges);
  }
  return { edges: sortEdges(edges), counts, undecided };
}

/** Sorted by caller, then place. Callers are sorted once each: their ids are long and share their beginnings. */
export function sortEdges(edges: readonly CallEdge[]): CallEdge[] {
  const byCaller = new Map<SymbolId, CallEdge[]>();
  for (const edge of edges) {
    const list = byCaller.get(edge.from);
    if (list === undefined) byCaller.set(edge.from, [edge]);
    else list.push(edge);
  }
  return [...byCaller.keys()].sort(compareText).flatMap((caller) => (byCaller.get(caller) ?? []).sort(comparePlaces));
}

const comparePlaces = (left: CallEdge, right: CallEdge): number =>
  left.at.line - right.at.line || left.at.column - right.at.column || compareText(left.to, right.to) || compareText(left.kind, right.kind);

const isImport = (file: LinkedFile, { callee, span }: CallSyntax): boolean =>
  callee.kind === 'name' && (callee.name === 'require' || callee.name === 'import') && file.importAt.has(span.start);

interface WrittenCall {
  readonly file: LinkedFile;
  readonly call: CallSyntax;
  /** The declaration it decorates, when it is a decorator. */
  readonly decorated: number | undefined;
}

interface CallTables {
  readonly edges: CallEdge[];
  readonly counts: Mutable<CallCounts>;
  readonly undecided: UndecidedCall[];
}

function addCall(e: Evaluator, { file, call, decorated }: WrittenCall, { edges, counts, undecided }: CallTables): void {
  const callee = calleeValue(e, file, call);
  const isConstruction = call.kind === 'new' || call.callee.kind === 'super';
  const targets = targetsOf(e, callee, isConstruction, () => receiverOf(e, file, call.owner, call.callee));
  counts.calls++;
  const verdict = verdictOf(callee, targets);
  counts[verdict]++;
  const from = symbolOf(file, decorated ?? codeOwner(file, call.owner));
  const kind: CallKind = decorated !== undefined ? 'decorator' : kindOf(call);
  const at = { file: file.id, ...placeOf(file.syntax.lineStarts, call.span.start) };
  if (verdict === 'unresolved') undecided.push({ file, call, edge: { from, kind, at } });
  for (const target of targets) edges.push({ from, to: symbolOf(target.file, target.index), kind, provenance: 'syntactic', at });
  for (const argument of call.arguments) addCallback(e, file, call.owner, argument, from, edges, 0);
}

function calleeValue(e: Evaluator, file: LinkedFile, call: CallSyntax): Value {
  if (call.callee.kind !== 'super') return e.expression(file, call.owner, call.callee);
  const instance = e.expression(file, call.owner, call.callee);
  return instance.kind === 'instance' ? { kind: 'declaration', file: instance.file, index: instance.index } : instance;
}

function kindOf(call: CallSyntax): CallKind {
  if (call.kind === 'element') return 'render';
  return call.kind === 'new' || call.callee.kind === 'super' ? 'construct' : 'call';
}

function verdictOf(callee: Value, targets: readonly Target[]): 'internal' | 'external' | 'unresolved' {
  if (targets.length > 0) return 'internal';
  return optionsOf(callee).some(({ kind }) => outside.has(kind)) ? 'external' : 'unresolved';
}

const outside = new Set<Value['kind']>(['external', 'external-instance', 'global', 'global-instance', 'global-method', 'binder']);

/** What stands before the dot of `store.get`. */
const receiverOf = (e: Evaluator, file: LinkedFile, owner: number, expression: Expression): Value | undefined =>
  expression.kind === 'member' ? e.expression(file, owner, expression.object) : undefined;

/** Declarations that calling a value runs; its receiver, where it has one, tells which of several implementations. */
function targetsOf(e: Evaluator, callee: Value, isConstruction: boolean, receiver: () => Value | undefined): readonly Target[] {
  return optionsOf(callee).flatMap((option): readonly Target[] => {
    if (option.kind !== 'declaration') return [];
    const { file, index } = option;
    const declaration = declarationAt(file, index);
    if (declaration.kind === 'class') return [constructorOf(file, index)];
    if (isConstruction && declaration.kind !== 'function') return [];
    return isCallable(declaration) ? implementationsOf(e, option, receiver) : [];
  });
}

/** A field without a body comes here only when an interface declares it with a function type. */
export const isCallable = ({ kind, returns, isAbstract }: DeclarationSyntax): boolean =>
  returns !== undefined || kind === 'function' || kind === 'method' || (kind === 'field' && isAbstract === true);

/** What `new` runs: the class's own constructor, else the class itself stands for it. */
export const constructorOf = (file: LinkedFile, index: number): Target => ({
  file,
  index:
    file.members
      .get(index)
      ?.get('constructor')
      ?.find((one) => declarationAt(file, one).returns !== undefined) ?? index,
});

function addInheritedConstructions(e: Evaluator, file: LinkedFile, edges: CallEdge[]): void {
  file.syntax.declarations.forEach(({ kind }, index) => {
    if (kind === 'class') addInheritedConstruction(e, file, index, edges);
  });
}

/** A class without a constructor of its own runs its base's. */
function addInheritedConstruction(e: Evaluator, file: LinkedFile, index: number, edges: CallEdge[]): void {
  if (constructorOf(file, index).index !== index) return;
  const base = e.baseOf(file, index);
  if (base?.kind !== 'declaration' || declarationAt(base.file, base.index).kind !== 'class') return;
  const target = constructorOf(base.file, base.index);
  const at = { file: file.id, ...placeOf(file.syntax.lineStarts, declarationAt(file, index).span.start) };
  edges.push({ from: symbolOf(file, index), to: symbolOf(target.file, target.index), kind: 'construct', provenance: 'syntactic', at });
}

/** Functions of the program handed over as arguments, inside object and array literals too. */
function addCallback(
  e: Evaluator,
  file: LinkedFile,
  owner: number,
  argument: Expression,
  from: SymbolId,
  edges: CallEdge[],
  depth: number,
): void {
  switch (argument.kind) {
    case 'name':
    case 'member':
    case 'function':
    case 'call':
      for (const { file: targetFile, index } of passedFunctions(e, file, owner, argument)) {
        const at = { file: file.id, ...placeOf(file.syntax.lineStarts, argument.span.start) };
        edges.push({ from, to: symbolOf(targetFile, index), kind: 'callback', provenance: 'syntactic', at });
      }
      break;
    case 'object':
      if (depth < 3) for (const { value } of argument.properties) addCallback(e, file, owner, value, from, edges, depth + 1);
      break;
    case 'array':
      if (depth < 3) for (const value of argument.elements) addCallback(e, file, owner, value, from, edges, depth + 1);
      break;
    case 'spread':
    case 'assertion':
      addCallback(e, file, owner, argument.value, from, edges, depth + 1);
      break;
  }
}

function passedFunctions(e: Evaluator, file: LinkedFile, owner: number, argument: Expression): Target[] {
  // A call counts only when it binds: `service.find.bind(service)`.
  if (argument.kind === 'call' && !isBind(file, argument.call)) return [];
  return optionsOf(e.expression(file, owner, argument)).flatMap((value): readonly Target[] => {
    if (value.kind !== 'declaration') return [];
    const declaration = declarationAt(value.file, value.index);
    if (declaration.kind === 'class' || !isCallable(declaration)) return [];
    return implementationsOf(e, value, () => receiverOf(e, file, owner, argument));
  });
}

const isBind = (file: LinkedFile, call: number): boolean => {
  const callee = file.syntax.calls[call]?.callee;
  return callee?.kind === 'member' && callee.property === 'bind';
};

/** The function-like whose code a call belongs to; initialisers of instance fields run with the constructor. */
export function codeOwner(file: LinkedFile, owner: number): number {
  const declaration = declarationAt(file, owner);
  if (declaration.kind !== 'field' || declaration.returns !== undefined) return owner;
  return constructorOf(file, declaration.parent).index;
}

/** Calls that are decorators → the declaration they decorate. */
function decoratorCalls(file: LinkedFile): Map<number, number> {
  const decorated = new Map<number, number>();
  file.syntax.declarations.forEach(({ decorators }, index) => {
    for (const decorator of decorators ?? []) if (decorator.kind === 'call') decorated.set(decorator.call, index);
  });
  return decorated;
}

/** `@logged` without parentheses. */
function addBareDecorators(e: Evaluator, file: LinkedFile, edges: CallEdge[]): void {
  file.syntax.declarations.forEach((declaration, index) => {
    for (const decorator of declaration.decorators ?? []) {
      if (decorator.kind === 'call') continue;
      const at = { file: file.id, ...placeOf(file.syntax.lineStarts, decorator.span.start) };
      for (const target of targetsOf(e, e.expression(file, declaration.parent, decorator), false, () => undefined)) {
        edges.push({
          from: symbolOf(file, index),
          to: symbolOf(target.file, target.index),
          kind: 'decorator',
          provenance: 'syntactic',
          at,
        });
      }
    }
  });
}
