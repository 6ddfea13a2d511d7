import { remember } from '../../../src/lib/remember.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { CallFlow } from './call-flow.ts';
import { type CallSite, type CodeValue, type Declared, declared, functionOf, parameterOf } from './code-value.ts';
import { boundTextsOf, type ConstantText, type Hole, textsOf } from './constant-text.ts';
import { followValue, propertyOf } from './follow-value.ts';
import { isBlankStart, startsStatement } from './statement-start.ts';

/** How the texts begin that callers pass for one parameter: as a statement, or with parameters of their own. */
interface Passed {
  readonly begins: boolean;
  readonly parameters: readonly Declared[];
}

/**
 * Tells how texts begin. What is found out of a parameter is remembered, so that all questions together look at each call
 * once.
 */
export interface StatementHeads {
  /** Whether a text can begin as a statement does: by itself, or with what some caller passes for the parameter it begins with. */
  mayBegin(text: ConstantText): boolean;
  /** Of the calls of a function, those that pass such a text for the parameter that a text begins with. */
  callersOf(text: ConstantText, owner: Declared): readonly CallSite[];
}

export function createStatementHeads(flow: CallFlow, textsIn: TextsIn): StatementHeads {
  const passed = new Map<SymbolId, Passed>();
  const known = new Map<SymbolId, boolean>();
  const passedFor = (parameter: Declared): Passed => {
    const found = passed.get(parameter.symbol) ?? readPassed(flow, textsIn, parameter);
    passed.set(parameter.symbol, found);
    return found;
  };

  const mayBegin = (parameter: Declared): boolean => {
    const answer = known.get(parameter.symbol);
    if (answer !== undefined) return answer;
    // Who asks for whom: it grows while it is gone through, by the parameters that callers hand on.
    const asked = new Map<SymbolId, { readonly one: Declared; readonly by?: SymbolId }>([[parameter.symbol, { one: parameter }]]);
    for (const [symbol, { one }] of asked) {
      const { begins, parameters } = passedFor(one);
      if (begins || parameters.some((next) => known.get(next.symbol) === true)) {
        for (let current: SymbolId | undefined = symbol; current !== undefined; current = asked.get(current)?.by) known.set(current, true);
        return true;
      }
      for (const next of parameters)
        if (!known.has(next.symbol) && !asked.has(next.symbol)) asked.set(next.symbol, { one: next, by: symbol });
    }
    for (const symbol of asked.keys()) known.set(symbol, false);
    return false;
  };

  const begins = (text: ConstantText): boolean => {
    const head = headOf(flow.program, text);
    return typeof head === 'boolean' ? head : mayBegin(head);
  };

  const callersPassing = remember((parameter: SymbolId): readonly CallSite[] => {
    const found = declared(flow.program, parameter);
    const owner = found === undefined ? undefined : functionOf(flow.program, found);
    if (found === undefined || owner === undefined) return [];
    return flow.callsOf(owner.symbol).filter((site) => textsPassed(flow, textsIn, site, found).some(begins));
  });

  return {
    mayBegin: begins,
    callersOf(text, owner) {
      const head = headOf(flow.program, text);
      const isOwn = typeof head !== 'boolean' && functionOf(flow.program, head)?.symbol === owner.symbol;
      return isOwn ? callersPassing(head.symbol) : flow.callsOf(owner.symbol);
    },
  };
}

function textsPassed(flow: CallFlow, textsIn: TextsIn, site: CallSite, parameter: Declared): readonly ConstantText[] {
  const passed = passedTo(flow, site, parameter);
  return passed === undefined ? [] : textsIn(passed);
}

/** Whether the text begins as a statement, or the parameter that decides it. */
function headOf(program: ProgramQueries, { parts: [first = ''], holes: [hole] }: ConstantText): boolean | Declared {
  if (!isBlankStart(first)) return startsStatement(`${first} `);
  const parameter = hole === undefined ? undefined : parameterOf(program, hole);
  return parameter !== undefined && mayBeText(program, parameter) ? parameter : false;
}

/** Whether the declared type of a parameter leaves room for a text, or an object with one. */
function mayBeText(program: ProgramQueries, { module, declaration: { type, bindingPath, parent } }: Declared): boolean {
  if (type === undefined || bindingPath !== undefined) return true;
  if (type.kind === 'primitive') return !withoutText.has(type.name);
  if (type.kind !== 'reference' || type.name.length !== 1) return type.kind !== 'function';
  const named = program.resolveName(module.id, parent, type.name[0] ?? '');
  return named.kind !== 'symbol' || declared(program, named.symbol)?.declaration.kind !== 'class';
}

const withoutText: ReadonlySet<string> = new Set(['number', 'boolean', 'bigint', 'symbol', 'void', 'undefined', 'null', 'never']);

function readPassed(flow: CallFlow, textsIn: TextsIn, parameter: Declared): Passed {
  const owner = functionOf(flow.program, parameter);
  const parameters = new Map<SymbolId, Declared>();
  for (const site of owner === undefined ? [] : flow.callsOf(owner.symbol)) {
    for (const text of textsPassed(flow, textsIn, site, parameter)) {
      const head = headOf(flow.program, text);
      if (head === true) return { begins: true, parameters: [] };
      if (head !== false) parameters.set(head.symbol, head);
    }
  }
  return { begins: false, parameters: [...parameters.values()] };
}

/** What a call gives to a parameter, or the parameter's default. */
export function passedTo(flow: CallFlow, site: CallSite, parameter: Declared): CodeValue | undefined {
  const { module, declaration } = parameter;
  const { initializer, parent } = declaration;
  return flow.argumentFor(site, parameter) ?? (initializer === undefined ? undefined : { module, owner: parent, expression: initializer });
}

/** The texts that a value may be, those in the `text` of a query object, or pieces of SQL where a template binds it. */
export type TextsIn = (value: Hole) => readonly ConstantText[];

/** Remembers each expression's: a wrapper's callers are looked at for every call inside it. */
export function createTextsIn(program: ProgramQueries): TextsIn {
  const asText = new Map<CodeValue['expression'], readonly ConstantText[]>();
  const asPiece = new Map<CodeValue['expression'], readonly ConstantText[]>();
  return (value) => {
    const known = value.bound === true ? asPiece : asText;
    const read = (): readonly ConstantText[] =>
      value.bound === true ? boundTextsOf(program, value) : textsOf(program, queryTextOf(program, value));
    const texts = known.get(value.expression) ?? read();
    known.set(value.expression, texts);
    return texts;
  };
}

function queryTextOf(program: ProgramQueries, value: CodeValue): CodeValue {
  const [found, ...others] = followValue(program, value);
  if (found?.expression.kind !== 'object' || others.length > 0) return value;
  return propertyOf(program, found, 'text') ?? propertyOf(program, found, 'sql') ?? found;
}
