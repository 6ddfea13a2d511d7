import { uniqueSorted } from '../../../src/lib/sort.ts';
import type { CallSyntax, Expression } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';

/** Metadata that a guard lets requests pass for. */
export interface MetadataMark {
  readonly key: string;
  /** It lets them pass where the metadata is there, or where there is none. */
  readonly passes: 'present' | 'absent';
  /** Whose metadata it reads, the first one that has any. */
  readonly of: readonly ('handler' | 'class')[];
}

/** What a guard's own code lets pass by metadata; `unclear` when it reads some, and what follows is not known. */
export interface GuardMarks {
  readonly marks: readonly MetadataMark[];
  readonly unclear: boolean;
}

/** Reads `if (this.reflector.get(KEY, context.getHandler())) return true;` in the method of a guard. */
export function guardMarks(program: ProgramQueries, method: SymbolId): GuardMarks {
  const found = program.declaration(method);
  const { module, index } = found ?? {};
  const span = index === undefined ? undefined : module?.syntax.declarations[index]?.span;
  if (module === undefined || span === undefined) return { marks: [], unclear: true };
  const reads = program.callsWithin(module.id, span).flatMap((call) => readOf(program, module, call) ?? []);
  const marks = reads.flatMap((read) => markOf(program, module, read) ?? []);
  return { marks: merged(marks), unclear: marks.length < reads.length };
}

interface MetadataRead {
  readonly call: CallSyntax;
  readonly key: string | undefined;
  readonly of: MetadataMark['of'];
}

const READERS = /^get(?:AllAndOverride|AllAndMerge|All)?$/;

function readOf(program: ProgramQueries, module: ModuleRecord, call: CallSyntax): MetadataRead | undefined {
  const read = program.resolveExpression(module.id, call.owner, call.callee);
  const isReflector = read.kind === 'external-instance' && read.package === '@nestjs/core' && read.path[0] === 'Reflector';
  if (!(isReflector && READERS.test(read.path[1] ?? '')) && !isReflect(call.callee)) return undefined;
  const [key, targets] = call.arguments;
  return { call, key: key === undefined ? undefined : keyText(program, module, call.owner, key), of: targetsOf(module, targets) };
}

const isReflect = (callee: Expression): boolean =>
  callee.kind === 'member' &&
  /^get(?:Own)?Metadata$/.test(callee.property) &&
  callee.object.kind === 'name' &&
  callee.object.name === 'Reflect';

/** A text, or a constant that holds one. */
function keyText(program: ProgramQueries, module: ModuleRecord, owner: number, key: Expression): string | undefined {
  if (key.kind === 'literal') return typeof key.value === 'string' ? key.value : undefined;
  const referent = program.resolveExpression(module.id, owner, key);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const value = found?.module.syntax.declarations[found.index]?.initializer;
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

function targetsOf({ syntax }: ModuleRecord, targets: Expression | undefined): MetadataMark['of'] {
  const elements = targets?.kind === 'array' ? targets.elements : targets === undefined ? [] : [targets];
  const found = elements.flatMap((element): MetadataMark['of'] => {
    const callee = element.kind === 'call' ? syntax.calls[element.call]?.callee : undefined;
    const name = callee?.kind === 'member' ? callee.property : undefined;
    return name === 'getHandler' ? ['handler'] : name === 'getClass' ? ['class'] : [];
  });
  return found.length === 0 ? ['handler', 'class'] : found;
}

/** What the guard does with what it read into a variable. */
function markOf(program: ProgramQueries, module: ModuleRecord, { call, key, of }: MetadataRead): MetadataMark | undefined {
  if (key === undefined) return undefined;
  const local = program
    .declarationsWithin(module.id, functionSpan(module, call.owner))
    .find(({ kind, initializer }) => kind === 'variable' && initializer !== undefined && isWithin(call.span, initializer.span));
  const passed = module.syntax.declarations[call.owner]?.returns?.values.filter(
    (value) => value.kind === 'literal' && value.value === true,
  );
  if (local?.binding === undefined || local.bindingPath !== undefined || !holds(local.initializer, call)) return undefined;
  const tests = program
    .testsWithin(module.id, functionSpan(module, call.owner))
    .filter(({ path, owner, at }) => path.length === 1 && path[0] === local.binding && owner === call.owner && at > call.span.end);
  for (const passes of ['present', 'absent'] as const) {
    const isPassed = tests.some((test) => passed?.some(({ span }) => isWithin(span, test[passes])));
    if (isPassed) return { key, passes, of };
  }
  return undefined;
}

const functionSpan = ({ syntax }: ModuleRecord, owner: number) => syntax.declarations[owner]?.span ?? { start: 0, end: 0 };

const isWithin = (inner: Expression['span'], outer: Expression['span'] | undefined): boolean =>
  outer !== undefined && outer.start <= inner.start && inner.end <= outer.end;

/** The call is the value, or one of several that may be: `get(KEY, handler) || get(KEY, type)`. */
const holds = (value: Expression | undefined, call: CallSyntax): boolean => {
  if (value?.kind === 'choice') return value.options.some((option) => holds(option, call));
  if (value?.kind === 'await' || value?.kind === 'assertion') return holds(value.value, call);
  return value?.kind === 'call' && value.span.start === call.span.start && value.span.end === call.span.end;
};

/** Reads of one key are one: what is not at the handler may be at its class. */
function merged(marks: readonly MetadataMark[]): readonly MetadataMark[] {
  const keys = uniqueSorted(marks.map(({ key }) => key));
  return keys.flatMap((key) => {
    const all = marks.filter((mark) => mark.key === key);
    const [first] = all;
    return first === undefined ? [] : [{ ...first, of: [...new Set(all.flatMap(({ of }) => of))] }];
  });
}
