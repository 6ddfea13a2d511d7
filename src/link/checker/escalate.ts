import type { Expression } from '../../model/file-syntax.ts';
import type { ModuleId } from '../../model/ids.ts';
import type { CallEdge, LinkCounts, Program } from '../../model/program.ts';
import { constructorOf, isCallable, sortEdges, type UndecidedCall } from '../call-edges.ts';
import type { Evaluator } from '../evaluator.ts';
import { implementationsOf, type Target } from '../implementations.ts';
import type { LinkedProgram } from '../link.ts';
import { declarationAt, type LinkedFile } from '../linked-file.ts';
import { symbolOf } from '../symbol-of.ts';
import type { CheckedCallee, CheckedDeclaration, TypeChecker } from './type-checker.ts';

/** A call that may lead into the program, and where the name stands that it calls. */
export interface CheckerQuestion extends UndecidedCall {
  readonly offset: number;
}

/** Undecided calls of a name that something with a body in the program has: of all others the answer lies outside. */
export function questionsOf({ evaluator, undecided }: LinkedProgram): readonly CheckerQuestion[] {
  const names = callableNames(evaluator);
  return undecided.flatMap((one) => {
    const { callee } = one.call;
    const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : undefined;
    const isAskable = name !== undefined && one.call.kind !== 'element' && (callee.kind === 'name' || names.has(name));
    return isAskable ? [{ ...one, offset: offsetOfName(callee, name) }] : [];
  });
}

function callableNames({ files }: Evaluator): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { syntax } of files.values()) {
    for (const declaration of syntax.declarations) {
      // Functions in literals are bound to no name, but have one.
      if (declaration.kind === 'class' || isCallable(declaration)) names.add(declaration.binding ?? shortName(declaration.name));
    }
  }
  return names;
}

const shortName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const offsetOfName = ({ span, kind }: Expression, name: string): number => (kind === 'name' ? span.start : span.end - name.length);

/** The program with what the checker says of the calls asked; whatever it does not know stays undecided. */
export function escalate({ program, evaluator }: LinkedProgram, questions: readonly CheckerQuestion[], checker: TypeChecker): Program {
  const edges: CallEdge[] = [];
  const decided = { internal: 0, external: 0 };
  for (const [file, asked] of groupByFile(questions)) {
    const answers = answer(evaluator, file, asked, checker);
    asked.forEach((question, index) => {
      const { verdict, targets } = answers[index] ?? UNDECIDED;
      if (verdict !== 'unresolved') decided[verdict]++;
      for (const { file: of, index: at } of targets) edges.push({ ...question.edge, to: symbolOf(of, at), provenance: 'checker' });
    });
  }
  if (decided.internal + decided.external === 0) return program;
  return { ...program, calls: sortEdges([...program.calls, ...edges]), counts: countsWith(program.counts, decided) };
}

const countsWith = (counts: LinkCounts, { internal, external }: Pick<LinkCounts, 'internal' | 'external'>): LinkCounts => ({
  ...counts,
  internal: counts.internal + internal,
  external: counts.external + external,
  unresolved: counts.unresolved - internal - external,
});

function groupByFile(questions: readonly CheckerQuestion[]): ReadonlyMap<ModuleId, readonly CheckerQuestion[]> {
  const groups = new Map<ModuleId, CheckerQuestion[]>();
  for (const question of questions) {
    const group = groups.get(question.file.id);
    if (group === undefined) groups.set(question.file.id, [question]);
    else group.push(question);
  }
  return groups;
}

interface Answer {
  readonly verdict: 'internal' | 'external' | 'unresolved';
  readonly targets: readonly Target[];
}

const UNDECIDED: Answer = { verdict: 'unresolved', targets: [] };
const OUTSIDE: Answer = { verdict: 'external', targets: [] };

function answer(e: Evaluator, file: ModuleId, asked: readonly CheckerQuestion[], checker: TypeChecker): readonly Answer[] {
  const callees = checker.calleesAt(
    file,
    asked.map(({ offset }) => offset),
  );
  const named = asked.map((_question, index) => targetsOf(e, callees[index]));
  const held = heldFunctions(e, file, { asked, callees, named }, checker);
  return asked.map((_question, index) => {
    const targets = [...(named[index] ?? []), ...(held.get(index) ?? [])];
    if (targets.length > 0) return { verdict: 'internal', targets };
    return callees[index]?.kind === 'outside' ? OUTSIDE : UNDECIDED;
  });
}

const targetsOf = (e: Evaluator, callee: CheckedCallee | undefined): readonly Target[] =>
  callee?.kind === 'inside' ? distinct(callee.declarations.flatMap((one) => bodiesOf(e, one))) : [];

/** Of names that stand for a variable or parameter, the functions they hold. */
function heldFunctions(
  e: Evaluator,
  file: ModuleId,
  {
    asked,
    callees,
    named,
  }: Record<'asked', readonly CheckerQuestion[]> & {
    readonly callees: readonly CheckedCallee[];
    readonly named: readonly (readonly Target[])[];
  },
  checker: TypeChecker,
): ReadonlyMap<number, readonly Target[]> {
  const values = asked.flatMap((_question, index) => (callees[index]?.kind === 'inside' && named[index]?.length === 0 ? [index] : []));
  if (values.length === 0) return new Map();
  const functions = checker.functionsAt(
    file,
    values.flatMap((index) => asked[index]?.offset ?? []),
  );
  return new Map(values.map((value, position) => [value, distinct((functions[position] ?? []).flatMap((one) => bodiesOf(e, one)))]));
}

/** What runs when a declaration of the program is called; of a type without code, nothing. */
function bodiesOf(e: Evaluator, { file: id, end }: CheckedDeclaration): readonly Target[] {
  const file = e.files.get(id);
  const index = file === undefined ? undefined : callableEndingAt(file, end);
  if (file === undefined || index === undefined || file.role === 'declaration') return [];
  const { kind } = declarationAt(file, index);
  return kind === 'class' ? [constructorOf(file, index)] : implementationsOf(e, { file, index }, () => undefined);
}

function callableEndingAt(file: LinkedFile, end: number): number | undefined {
  const found = file.syntax.declarations.findIndex(
    (declaration) => declaration.span.end === end && (declaration.kind === 'class' || isCallable(declaration)),
  );
  return found < 0 ? undefined : found;
}

const distinct = (targets: readonly Target[]): readonly Target[] => [
  ...new Map(targets.map((target) => [symbolOf(target.file, target.index), target])).values(),
];
