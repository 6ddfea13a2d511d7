import type { ModuleId } from '../model/ids.ts';
import { evaluateCall, evaluateResult } from './evaluate-call.ts';
import { evaluateDeclaration } from './evaluate-declaration.ts';
import { evaluateExpression } from './evaluate-expression.ts';
import { evaluateMember } from './evaluate-member.ts';
import { evaluateType } from './evaluate-type.ts';
import type { Binding, Evaluator, Meaning } from './evaluator.ts';
import { findBodiesBelow, type Target } from './implementations.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';
import { exportBinding, lookupName } from './lookup.ts';
import { NO_ENVIRONMENT, optionsOf, UNKNOWN, type Value } from './value.ts';

/** Evaluation nested deeper than this is given up as unknown; cycles end earlier. */
const DEEPEST_EVALUATION = 120;
/** Steps that answering one question may take; generic types can multiply. */
const MOST_STEPS = 20_000;

/** Joins the evaluation functions over one set of files. */
export function createEvaluator(files: ReadonlyMap<ModuleId, LinkedFile>): Evaluator {
  const declarations = new Map<LinkedFile, Value[]>();
  const calls = new Map<LinkedFile, Value[]>();
  const bases = new Map<LinkedFile, (Value | undefined)[]>();
  const exported = new Map<LinkedFile, Map<string, Binding>>();
  const bodies = new Map<LinkedFile, Map<string, readonly Target[]>[]>();
  let depth = 0;
  let steps = 0;
  let implementors: Implementors | undefined;

  const mayEnter = (): boolean => {
    if (depth === 0) steps = 0;
    if (depth > DEEPEST_EVALUATION || steps > MOST_STEPS) return false;
    depth++;
    steps++;
    return true;
  };
  const leave = (value: Value): Value => {
    depth--;
    return value;
  };

  const e: Evaluator = {
    files,
    lookup: (file, owner, name, meaning, offset) => lookupName(e, file, owner, name, meaning, offset),
    exported: (file, name, meaning) => exportedMemo(e, exported, file, name, meaning),
    bindingValue: (binding) => bindingValue(e, binding),
    expression: (file, owner, expression) => (mayEnter() ? leave(evaluateExpression(e, file, owner, expression)) : UNKNOWN),
    declaration: (file, index, environment) => {
      if (environment !== undefined && environment.size > 0) {
        return mayEnter() ? leave(evaluateDeclaration(e, file, index, environment)) : UNKNOWN;
      }
      const table = tableOf(declarations, file);
      const known = table[index];
      if (known !== undefined) return known;
      if (!mayEnter()) return UNKNOWN;
      // A declaration that asks for itself is answered with unknown.
      table[index] = UNKNOWN;
      const value = leave(evaluateDeclaration(e, file, index, NO_ENVIRONMENT));
      table[index] = value;
      return value;
    },
    type: (file, owner, type, environment) => (mayEnter() ? leave(evaluateType(e, file, owner, type, environment)) : UNKNOWN),
    member: (value, name) => evaluateMember(e, value, name),
    callResult: (file, call) => {
      const table = tableOf(calls, file);
      const known = table[call];
      if (known !== undefined) return known;
      if (!mayEnter()) return UNKNOWN;
      table[call] = UNKNOWN;
      const value = leave(evaluateCall(e, file, call));
      table[call] = value;
      return value;
    },
    resultOf: (callee, argumentsOf, isConstruction) =>
      mayEnter() ? leave(evaluateResult(e, callee, argumentsOf, isConstruction)) : UNKNOWN,
    baseOf: (file, index) => {
      const table = tableOf(bases, file);
      if (index in table) return table[index];
      table[index] = undefined;
      table[index] = baseOf(e, file, index);
      return table[index];
    },
    implementations: (file, index) => {
      implementors ??= indexImplementors(e);
      return implementors.get(file)?.get(index) ?? [];
    },
    bodiesBelow: (file, index, name) => {
      const table = tableOf(bodies, file);
      const ofType = table[index] ?? new Map<string, readonly Target[]>();
      table[index] = ofType;
      const found = ofType.get(name) ?? findBodiesBelow(e, { file, index }, name);
      ofType.set(name, found);
      return found;
    },
  };
  return e;
}

function tableOf<T>(tables: Map<LinkedFile, T[]>, file: LinkedFile): T[] {
  const known = tables.get(file);
  if (known !== undefined) return known;
  const table: T[] = [];
  tables.set(file, table);
  return table;
}

function exportedMemo(
  e: Evaluator,
  memo: Map<LinkedFile, Map<string, Binding>>,
  file: LinkedFile,
  name: string,
  meaning: Meaning,
): Binding {
  let table = memo.get(file);
  if (table === undefined) {
    table = new Map();
    memo.set(file, table);
  }
  const key = `${meaning}:${name}`;
  const known = table.get(key);
  if (known !== undefined) return known;
  table.set(key, { kind: 'unknown' });
  const binding = exportBinding(e, file, name, meaning, new Set());
  table.set(key, binding);
  return binding;
}

function bindingValue(e: Evaluator, binding: Binding): Value {
  switch (binding.kind) {
    case 'declaration':
      return e.declaration(binding.file, binding.index);
    case 'module':
    case 'external':
    case 'global':
    case 'unknown':
      return binding;
    case 'value':
      return e.expression(binding.file, 0, binding.expression);
    case 'member':
      return e.member(bindingValue(e, binding.of), binding.name);
  }
}

function baseOf(e: Evaluator, file: LinkedFile, index: number): Value | undefined {
  const declaration = declarationAt(file, index);
  if (declaration.extends === undefined) return undefined;
  const base = e.expression(file, declaration.parent, declaration.extends);
  // `extends Base` may name a constant that holds a class expression.
  return optionsOf(base)[0];
}

type Implementors = Map<LinkedFile, Map<number, Target[]>>;

function indexImplementors(e: Evaluator): Implementors {
  const implementors: Implementors = new Map();
  const add = (target: Value | undefined, file: LinkedFile, index: number): void => {
    if (target?.kind !== 'instance' && target?.kind !== 'declaration') return;
    const table = implementors.get(target.file) ?? new Map<number, Target[]>();
    implementors.set(target.file, table);
    const known = table.get(target.index);
    if (known === undefined) table.set(target.index, [{ file, index }]);
    else known.push({ file, index });
  };
  for (const file of e.files.values()) {
    file.syntax.declarations.forEach((declaration, index) => {
      if (declaration.kind !== 'class' && declaration.kind !== 'interface') return;
      const above = declaration.kind === 'class' ? declaration.implements : declaration.extendsTypes;
      for (const type of above ?? []) add(e.type(file, index, type, new Map()), file, index);
      if (declaration.extends !== undefined) add(e.baseOf(file, index), file, index);
    });
  }
  return implementors;
}
