import type { StateFact } from '../../../src/model/fact.ts';
import type { DeclarationSyntax, Expression, TypeSyntax } from '../../../src/model/file-syntax.ts';
import { nameOf, type SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import type { StateChange } from './state-change.ts';

export interface StateClass {
  readonly state: StateFact['state'];
  /** What it is, as a sentence begins: `Map`, `variable`, `fields of the instance`. */
  readonly noun: string;
}

interface Target {
  readonly symbol: SymbolId;
  readonly module?: ModuleRecord;
  readonly declaration?: DeclarationSyntax;
  readonly changes: readonly StateChange[];
}

/** What kind of state a binding is: by its declared type, what it is made of, and how it is used; a name decides last. */
export function classifyState(program: ProgramQueries, symbol: SymbolId, changes: readonly StateChange[]): StateClass {
  const found = program.declaration(symbol);
  const declaration = found?.module.syntax.declarations[found.index];
  const target: Target = {
    symbol,
    changes,
    ...(found === undefined ? {} : { module: found.module }),
    ...(declaration === undefined ? {} : { declaration }),
  };
  const noun = nounOf(target);
  if (holdsTimer(target)) return { state: 'timer', noun: 'timer' };
  if (holdsSockets(program, target)) return { state: 'socket-registry', noun };
  if (isCache(target)) return { state: 'cache', noun };
  return { state: declaration?.kind === 'field' || nameOf(symbol).includes('.') ? 'static-field' : 'module-variable', noun };
}

function nounOf({ changes, module, declaration }: Target): string {
  if (changes.some(({ mutation }) => mutation.binding === 'this')) return `fields ${fieldsOf(changes)} of the instance`;
  const made = madeBy(module, declaration?.initializer);
  if (made !== undefined) return made;
  if (declaration?.initializer?.kind === 'array') return 'array';
  if (declaration?.initializer?.kind === 'object') return 'object';
  return declaration === undefined ? 'global object' : 'variable';
}

const fieldsOf = (changes: readonly StateChange[]): string =>
  [...new Set(changes.flatMap(({ mutation }) => mutation.path[0] ?? []))].sort().slice(0, 4).join(', ');

/** Name of the class that `new` makes. */
function madeBy(module: ModuleRecord | undefined, initializer: Expression | undefined): string | undefined {
  const call = initializer?.kind === 'call' ? module?.syntax.calls[initializer.call] : undefined;
  if (call?.kind !== 'new') return undefined;
  return call.callee.kind === 'name' ? call.callee.name : call.callee.kind === 'member' ? call.callee.property : undefined;
}

const timerCalls: ReadonlySet<string> = new Set(['setInterval', 'setTimeout', 'setImmediate']);

function holdsTimer({ module, declaration }: Target): boolean {
  const values = [declaration?.initializer, ...(declaration?.written ?? []).map(({ value }) => value)];
  const isTimer = values.some((value) => {
    const call = value?.kind === 'call' ? module?.syntax.calls[value.call] : undefined;
    return call?.callee.kind === 'name' && timerCalls.has(call.callee.name);
  });
  return isTimer || typeNames(declaration?.type).some((name) => name === 'NodeJS.Timeout' || name === 'NodeJS.Timer');
}

const socketPackages: ReadonlySet<string> = new Set(['ws', 'socket.io', 'net', 'node:net']);

/** Only a declared type says that sockets are held. */
function holdsSockets(program: ProgramQueries, { module, declaration }: Target): boolean {
  const call = declaration?.initializer?.kind === 'call' ? module?.syntax.calls[declaration.initializer.call] : undefined;
  const names = [declaration?.type, ...(call?.typeArguments ?? [])].flatMap(typeNames);
  return names.some((name) => {
    const [first = ''] = name.split('.');
    const referent = module === undefined ? undefined : program.resolveName(module.id, 0, first);
    return referent?.kind === 'external' && socketPackages.has(referent.package);
  });
}

function typeNames(type: TypeSyntax | undefined): readonly string[] {
  switch (type?.kind) {
    case 'reference':
      return [type.name.join('.'), ...type.arguments.flatMap(typeNames)];
    case 'array':
      return typeNames(type.element);
    case 'union':
    case 'intersection':
      return type.members.flatMap(typeNames);
    default:
      return [];
  }
}

/** A map that is filled and asked by key, or whatever its name calls a cache. */
function isCache(target: Target): boolean {
  const fields = target.changes.flatMap(({ mutation }) => (mutation.binding === 'this' ? (mutation.path[0] ?? []) : []));
  if ([nameOf(target.symbol), ...fields].some((name) => /cache|memo(?:i[sz]ed)?$/i.test(name))) return true;
  const isMap = madeBy(target.module, target.declaration?.initializer) === 'Map';
  const isFilled = target.changes.some(({ mutation }) => mutation.method === 'set');
  return isMap && isFilled && isAsked(target);
}

function isAsked({ module, symbol }: Target): boolean {
  const name = nameOf(symbol);
  return module?.syntax.uses.some((use) => use.name === name && use.property === 'get') ?? false;
}
