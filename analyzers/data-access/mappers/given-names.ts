import { type CallSite, type CodeValue, type Declared, declarationOfName, declared, valueAt } from '../flow/code-value.ts';
import { changesOf, type MemberChanges } from './changed-members.ts';
import type { GivingTrail } from './giving-trail.ts';
import { isDescendant } from './held-expressions.ts';
import { type ClassHeld, type Context, type Held, NO_CONTEXT } from './held-value.ts';
import { type Giving, joinMembers, knownMembers, type Members, NO_MEMBERS, setMembers } from './members.ts';
import type { MapperReader, Part } from './reading.ts';
import { typeMembers } from './type-members.ts';

/** What a name was given: as it was declared and assigned, and by changes of what it holds. */
export function ofName(trail: GivingTrail, { value, context }: Part): Members {
  const found = declarationOfName(trail.reader.flow.program, value);
  if (found === undefined) return undefined;
  const changed = changedMembers(trail, found, context, '');
  if (found.declaration.kind === 'parameter') {
    const isChanged = found.declaration.changed !== undefined || changed === undefined || changed.size > 0;
    return joinMembers([changed, ofParameter(trail, found, context) ?? (isChanged ? NO_MEMBERS : undefined)]);
  }
  return joinMembers([changed, ofVariable(trail, found, context)]);
}

/** What is assigned below a name and a way from it. */
const changedMembers = (trail: GivingTrail, found: Declared, context: Context, way: string): Members =>
  ofChanges(trail, changesOf(trail.reader, found, context), way);

export function ofChanges(trail: GivingTrail, { paths, handed, copied }: MemberChanges, way = ''): Members {
  return joinMembers([
    alongWay(paths, way, 'set'),
    alongWay(handed, way, 'perhaps'),
    ...(way === '' ? copied.map((part) => trail.of(part)) : []),
  ]);
}

function alongWay(paths: readonly string[], way: string, giving: Giving): Members {
  const inner = way === '' ? paths : paths.flatMap((path) => (path.startsWith(`${way}.`) ? [path.slice(way.length + 1)] : []));
  if (inner.includes('*')) return undefined;
  const isBelow = (path: string): boolean => path.includes('.');
  const below = inner.filter(isBelow).map((path) => path.split('.')[0] ?? '');
  return joinMembers([
    setMembers(below, 'below'),
    setMembers(
      inner.filter((path) => path !== '' && !isBelow(path)),
      giving,
    ),
  ]);
}

export function ofVariable(trail: GivingTrail, found: Declared, context: Context): Members {
  const { module, declaration } = found;
  const { initializer, initializerOwner, parent, bindingPath = [], written = [] } = declaration;
  if (bindingPath.some((key) => key !== '[]' && !/^\d+$/.test(key))) return ofHeld(trail, declaration, { module, parent, context });
  const given = [
    ...(initializer === undefined ? [] : [{ expression: initializer, owner: initializerOwner ?? parent }]),
    ...written.map(({ value }) => ({ expression: value, owner: codeAround(trail.reader, found, value) })),
  ];
  return joinMembers(given.map(({ expression, owner }) => trail.of({ value: { module, owner, expression }, context })));
}

/** The function, inside the one that has a variable, in which something is assigned to it: other names are known there. */
function codeAround({ flow: { program } }: MapperReader, { module, declaration }: Declared, { span }: CodeValue['expression']): number {
  const { declarations } = module.syntax;
  const around = declarations[declaration.parent];
  if (around === undefined) return declaration.parent;
  const inner = program
    .declarationsWithin(module.id, around.span)
    .findLast((one) => one.returns !== undefined && one.span.start <= span.start && span.end <= one.span.end);
  return inner === undefined ? declaration.parent : declarations.indexOf(inner);
}

/** What a part of something is by its type; what is an entity or unknown came from somewhere with all it has. */
function ofHeld(
  { reader }: GivingTrail,
  { binding, span }: Declared['declaration'],
  { module, parent, context }: { readonly module: Declared['module']; readonly parent: number; readonly context: Context },
): Members {
  const value: CodeValue = { module, owner: parent, expression: { kind: 'name', name: binding ?? '', span } };
  return ofTypes(reader, reader.values.of(value, context)) ?? NO_MEMBERS;
}

/** Members of what is no entity: of a form that is filled in. */
function ofTypes(reader: MapperReader, held: readonly Held[]): Members {
  const all = held.flatMap((one): readonly Members[] => {
    if (one.kind === 'instance' && reader.entities.of(one.symbol) !== undefined) return [];
    const members = typeMembers(reader.values, one);
    return members === undefined ? [] : [setMembers(members, 'perhaps')];
  });
  return knownMembers(all);
}

function ofParameter(trail: GivingTrail, found: Declared, context: Context): Members {
  const { reader } = trail;
  const { module, declaration } = found;
  const { binding, span, parent, type } = declaration;
  const held = reader.values.of({ module, owner: parent, expression: { kind: 'name', name: binding ?? '', span } }, context);
  const literals = held.flatMap((one) => (one.kind === 'literal' ? [trail.of({ value: one.value, context: one.context })] : []));
  const typed = knownMembers([...literals, ofTypes(reader, held)]);
  if (typed !== undefined) return typed;
  if (type?.kind === 'primitive' && !/^(?:any|unknown|object)$/.test(type.name)) return NO_MEMBERS;
  const list = iteratedList(found);
  if (list !== undefined) return trail.of({ value: list, context });
  const passed = callersOf(reader, found, context);
  // Code of a base class that no call runs for the class in question.
  if (passed.length === 0 && isOfBaseClass(reader, found, context)) return NO_MEMBERS;
  return knownMembers(passed.map((part) => trail.of(part)));
}

/** The list whose elements a callback is called with. */
function iteratedList({ module, declaration }: Declared): CodeValue | undefined {
  const { passedTo } = module.syntax.declarations[declaration.parent] ?? {};
  const call = passedTo === undefined ? undefined : module.syntax.calls[passedTo.call];
  if (declaration.position !== 0 || declaration.bindingPath !== undefined) return undefined;
  if (call?.callee.kind !== 'member' || !iterating.has(call.callee.property)) return undefined;
  return { module, owner: call.owner, expression: call.callee.object };
}

const iterating: ReadonlySet<string> = new Set(['map', 'forEach', 'filter', 'find', 'flatMap', 'then']);

const isOfBaseClass = ({ values: { classes } }: MapperReader, { module, index }: Declared, { self }: Context): boolean =>
  self !== undefined && classes.around(module, index)?.symbol !== self.symbol;

/** What calls give for a parameter; in the code of a base class only those that an instance of the class in question may make. */
function callersOf(reader: MapperReader, parameter: Declared, { self }: Context): readonly Part[] {
  const { flow } = reader;
  const owner = declared(flow.program, flow.program.symbolAt(parameter.module.id, parameter.declaration.parent));
  return (owner === undefined ? [] : flow.callsOf(owner.symbol)).flatMap((site): readonly Part[] => {
    const value = flow.argumentFor(site, parameter);
    if (value === undefined) return [];
    const context = self === undefined ? NO_CONTEXT : contextOfCaller(reader, site, self);
    return context === undefined ? [] : [{ value, context }];
  });
}

/** Undefined where it is another class whose instance makes the call. */
function contextOfCaller({ values }: MapperReader, site: CallSite, self: ClassHeld): Context | undefined {
  const { callee } = site.call;
  if (callee.kind !== 'member') return NO_CONTEXT;
  if (callee.object.kind === 'super' || callee.object.kind === 'this') {
    const around = values.classes.around(site.module, site.call.owner);
    return around !== undefined && isDescendant(values, self, around.symbol) ? { self, bound: self.bound } : undefined;
  }
  const instances = values.of(valueAt(site, callee.object), NO_CONTEXT).flatMap((held) => (held.kind === 'instance' ? [held] : []));
  return instances.length === 0 || instances.some(({ symbol }) => isDescendant(values, self, symbol)) ? NO_CONTEXT : undefined;
}

/** `order.customer`: what was assigned to that; of what a form holds nothing is known. */
export function ofMember(trail: GivingTrail, part: Part): Members {
  const { reader } = trail;
  const { value, context } = part;
  const { expression } = value;
  if (expression.kind !== 'member') return undefined;
  const held = reader.values.of(value, context);
  const literals = held.flatMap((one) => (one.kind === 'literal' ? [trail.of({ value: one.value, context: one.context })] : []));
  const typed = knownMembers([...literals, ofTypes(reader, held)]);
  const found = declarationOfName(reader.flow.program, { ...value, expression: expression.object });
  const changed = found === undefined ? NO_MEMBERS : changedMembers(trail, found, context, expression.property);
  const isOfForm = found?.declaration.kind === 'parameter' && typed === undefined && (changed === undefined || changed.size === 0);
  return joinMembers([
    changed,
    isOfForm && !isEntity(reader, { ...value, expression: expression.object }, context) ? undefined : (typed ?? NO_MEMBERS),
  ]);
}

const isEntity = ({ values, entities }: MapperReader, value: CodeValue, context: Context): boolean =>
  values.of(value, context).some((held) => held.kind === 'instance' && entities.of(held.symbol) !== undefined);
