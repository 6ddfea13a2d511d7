import { bare, type CallSite, type CodeValue, callOf, type Declared, declarationOfName, declared, valueAt } from '../flow/code-value.ts';
import { handedTo, isStored } from './changed-members.ts';
import { ofChanges, ofVariable } from './given-names.ts';
import type { GivingTrail } from './giving-trail.ts';
import { givenTo } from './held-expressions.ts';
import { bind, type Context, NOTHING_BOUND } from './held-value.ts';
import { elementsOf, textOf } from './literals.ts';
import { joinMembers, knownMembers, type Members, NO_MEMBERS, setMembers } from './members.ts';
import type { MapperReader, Part } from './reading.ts';

/** What the result of a call was given. */
export function ofCall(trail: GivingTrail, part: Part): Members {
  const { reader } = trail;
  const site = callOf(part.value);
  if (site === undefined) return undefined;
  const { callee, kind } = site.call;
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  const given = site.call.arguments.map((expression): Part => ({ ...part, value: valueAt(site, expression) }));
  if (kind === 'new') return ofConstruction(trail, site, given);
  if (name === 'pick' || name === 'omit') {
    const chosen = chosenMembers(trail, name, given);
    if (chosen !== undefined) return chosen;
  }
  const { module, owner } = part.value;
  const referent = reader.flow.program.resolveExpression(module.id, owner, callee);
  const found = referent.kind === 'symbol' ? declared(reader.flow.program, referent.symbol) : undefined;
  if (found?.declaration.returns !== undefined) return ofReturns(trail, site, found, part.context);
  if (copying.has(name)) return joinMembers(given.filter(({ value }) => !isClass(reader, value, part.context)).map((one) => trail.of(one)));
  if (callee.kind !== 'member') return NO_MEMBERS;
  if (name === 'all' && given[0] !== undefined) return trail.of(given[0]);
  if (name === 'parse') return undefined;
  if (mapping.has(name) && given[0]?.value.expression.kind === 'function') return ofCallback(trail, given[0]);
  return passing.has(name) ? trail.of({ ...part, value: { ...part.value, expression: callee.object } }) : NO_MEMBERS;
}

/** Calls whose result has what they are given. */
const copying: ReadonlySet<string> = new Set([
  ...['create', 'merge', 'preload', 'assign', 'plainToClass', 'plainToInstance', 'plainToClassFromExist', 'cloneDeep', 'clone'],
  ...['structuredClone', 'instanceToPlain', 'classToPlain', 'omitBy', 'pickBy', 'compact', 'defaults', 'extend'],
]);
const mapping: ReadonlySet<string> = new Set(['map', 'flatMap']);
const passing: ReadonlySet<string> = new Set(['filter', 'slice', 'concat', 'reverse', 'sort', 'at', 'pop', 'shift', 'flat']);

const isClass = ({ values }: MapperReader, value: CodeValue, context: Context): boolean =>
  values.of(value, context).some(({ kind }) => kind === 'class');

const ofCallback = (trail: GivingTrail, { value, context }: Part): Members => {
  const { module, expression } = value;
  const index = expression.kind === 'function' ? expression.declaration : -1;
  const returned = module.syntax.declarations[index]?.returns?.values ?? [];
  return joinMembers(returned.map((one) => trail.of({ value: { module, owner: index, expression: one }, context })));
};

/** `new Book({ title })` most often takes what it is given; a constructor says which members it fills from several arguments. */
function ofConstruction(trail: GivingTrail, site: CallSite, given: readonly Part[]): Members {
  const { program } = trail.reader.flow;
  const referent = program.resolveExpression(site.module.id, site.call.owner, site.call.callee);
  const found = referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined;
  const own = found === undefined ? [] : assignedInConstructor(trail.reader, found);
  const [only, ...others] = given;
  return joinMembers([setMembers(own), ...(only === undefined || others.length > 0 ? [] : [trail.of(only)])]);
}

const assignedInConstructor = ({ values: { classes } }: MapperReader, { symbol }: Declared): readonly string[] => {
  const maker = classes.constructorOf(symbol);
  return maker === undefined
    ? []
    : classes
        .members(symbol)
        .flatMap(({ declaration: { binding, initializerOwner } }) =>
          initializerOwner === maker.index && binding !== undefined ? [binding] : [],
        );
};

/** `pick(book, ['id', 'title'])` has no more than these, `omit(book, ['tags'])` all but those. */
function chosenMembers(trail: GivingTrail, name: 'pick' | 'omit', [whole, list]: readonly Part[]): Members {
  if (whole === undefined || list?.value.expression.kind !== 'array') return undefined;
  const keys = elementsOf(trail.reader, list).flatMap((element) => textOf(trail.reader, element) ?? []);
  if (keys.length < list.value.expression.elements.length) return undefined;
  if (name === 'pick') return setMembers(keys);
  const all = trail.of(whole);
  return all === undefined ? undefined : new Map([...all].filter(([key]) => !keys.includes(key)));
}

/** What a function of the program gives back: its argument, or something it made. What it stored, or does not show, has nothing new. */
function ofReturns(trail: GivingTrail, site: CallSite, found: Declared, context: Context): Members {
  const { reader } = trail;
  const inner: Context = { bound: bind(NOTHING_BOUND, givenTo(reader.values, site, found, context)) };
  const returned = (found.declaration.returns?.values ?? []).map((expression): Members => {
    const value: CodeValue = { module: found.module, owner: found.index, expression };
    const named = declarationOfName(reader.flow.program, value);
    if (named !== undefined && isStored(reader, named)) return NO_MEMBERS;
    const { kind, parent, position } = named?.declaration ?? {};
    if (named !== undefined && kind === 'variable' && isLoaded(named)) return ofVariable(trail, named, inner);
    const given = named !== undefined && kind === 'parameter' && parent === found.index ? reader.flow.argumentFor(site, named) : undefined;
    if (given === undefined || position === undefined) return trail.of({ value, context: inner });
    return joinMembers([trail.of({ value: given, context }), ofChanges(trail, handedTo(reader, site, { position, context, depth: 0 }))]);
  });
  return knownMembers(returned) ?? NO_MEMBERS;
}

/** What was not made in the code came from somewhere; who loads and returns it completes it, most often, from other tables. */
function isLoaded({ module, declaration: { initializer, written = [] } }: Declared): boolean {
  return [...(initializer === undefined ? [] : [initializer]), ...written.map(({ value }) => value)].every((expression) => {
    const inner = bare({ module, owner: 0, expression });
    const call = callOf(inner)?.call;
    return call !== undefined && call.kind !== 'new' && !(call.callee.kind === 'member' && copying.has(call.callee.property));
  });
}
