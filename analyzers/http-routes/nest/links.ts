import { classOf, decoratorCalls, flatValues, propertyOf, textOf } from '../../../src/analyze/decorator-calls.ts';
import { remember } from '../../../src/lib/remember.ts';
import type { BootClass, BootDecorator, BootEffect, BootMember, BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { ChainLink, ChainRole } from '../../../src/model/fact.ts';
import { moduleOf, nameOf, type SymbolId, toSymbolId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type Link, toLinks } from '../routing/chain-link.ts';
import type { NestApplication } from './application.ts';
import { conditionsOf } from './conditions.ts';
import { lineage } from './controllers.ts';
import { type GuardMarks, guardMarks } from './metadata-marks.ts';

/** What Nest runs around a handler, by the decorator and the call that say so. */
interface EnhancerKind {
  readonly decorator: string;
  /** Verb of `app.useGlobalGuards(…)`. */
  readonly verb: string;
  readonly token: string;
  readonly method: string;
  readonly role: ChainRole;
}

const GUARDS: EnhancerKind = { decorator: 'UseGuards', verb: 'guards', token: 'APP_GUARD', method: 'canActivate', role: 'guard' };
const INTERCEPTORS: EnhancerKind = {
  decorator: 'UseInterceptors',
  verb: 'interceptors',
  token: 'APP_INTERCEPTOR',
  method: 'intercept',
  role: 'interceptor',
};
const PIPES: EnhancerKind = { decorator: 'UsePipes', verb: 'pipes', token: 'APP_PIPE', method: 'transform', role: 'validation' };
const FILTERS: EnhancerKind = { decorator: 'UseFilters', verb: 'filters', token: 'APP_FILTER', method: 'catch', role: 'error-handler' };

/** Where links are found; what was found of a class or application is remembered. */
export interface LinkSources {
  readonly classLink: (id: string, method: string) => ClassLink;
  readonly globals: (application: NestApplication, kind: EnhancerKind) => readonly NestLink[];
  /** What the method of a guard lets pass by metadata. */
  readonly marksOf: (method: SymbolId) => GuardMarks;
  readonly find: (id: string) => BootClass | undefined;
  readonly object: (id: string) => LibraryObject | undefined;
}

type ClassLink = Pick<Link, 'symbol' | 'closure' | 'name' | 'package'>;

export function createLinkSources(program: ProgramQueries, find: LinkSources['find'], object: LinkSources['object']): LinkSources {
  const classLinks = remember((method: string) => remember((id: string) => classLink(program, find, id, method)));
  const globals = remember((application: NestApplication) => remember((kind: EnhancerKind) => globalLinks(sources, application, kind)));
  const sources: LinkSources = {
    classLink: (id, method) => classLinks(method)(id),
    globals: (application, kind) => globals(application)(kind),
    marksOf: remember((method: SymbolId) => guardMarks(program, method)),
    find,
    object,
  };
  return sources;
}

/** A link, and the class or package that it is, for what is told of it further. */
export interface NestLink extends Link {
  readonly value: BootValue;
}

/** What runs around the handlers of a method, in the order in which Nest runs it: before the handler, and filters after. */
export function enhancers(
  sources: LinkSources,
  application: NestApplication,
  { class: owner, member }: { readonly class: BootClass; readonly member: BootMember },
): { readonly before: readonly NestLink[]; readonly after: readonly NestLink[] } {
  const all = (kind: EnhancerKind): readonly (readonly NestLink[])[] => [
    sources.globals(application, kind),
    lineage(owner, sources.find)
      .toReversed()
      .flatMap(({ decorators }) => decorated(sources, decorators, kind, 'router')),
    [...decorated(sources, member.decorators, kind, 'route')],
  ];
  const before = [GUARDS, INTERCEPTORS, PIPES].flatMap((kind) => all(kind).flat());
  return { before: [...before, ...parameterPipes(sources, member)], after: all(FILTERS).toReversed().flat() };
}

/** `@UseGuards(A) @UseGuards(B)`: the decorator that is written last is applied first. */
function decorated(
  sources: LinkSources,
  decorators: readonly BootDecorator[],
  kind: EnhancerKind,
  scope: ChainLink['scope'],
): readonly NestLink[] {
  const calls = decoratorCalls(decorators).filter(({ package: origin, name }) => origin === '@nestjs/common' && name === kind.decorator);
  return calls
    .reverse()
    .flatMap(({ arguments: given, at }) => given.flatMap((value) => enhancerLinks(sources, value, { kind, scope, at })));
}

/** Providers under `APP_GUARD` and the like are known when the container is set up, before `app.useGlobalGuards(…)`. */
function globalLinks(sources: LinkSources, application: NestApplication, kind: EnhancerKind): readonly NestLink[] {
  const { container, effects, object } = application;
  const provided = container.modules
    .flatMap(({ lists }) => (lists.providers ?? []).flatMap(flatValues))
    .flatMap((provider): readonly BootValue[] => {
      if (tokenName(propertyOf(provider, 'provide')) !== kind.token) return [];
      const made = ['useClass', 'useValue', 'useExisting', 'useFactory'].flatMap((name) => propertyOf(provider, name) ?? []);
      return made.slice(0, 1);
    });
  const used = effects.filter(({ verb }) => verb === kind.verb);
  return [
    ...provided.flatMap((value) => enhancerLinks(sources, value, { kind, scope: 'application', at: placeOf(sources, value) ?? object.at })),
    ...used.flatMap((effect) =>
      effect.arguments
        .flatMap((value) => enhancerLinks(sources, value, { kind, scope: 'application', at: effect.at }))
        .map((link) => ({ ...link, ...conditionsOf(application, effect) })),
    ),
  ];
}

/** The tokens are texts: `APP_GUARD` may also be written as what it is. */
const tokenName = (token: BootValue | undefined): string | undefined => (token?.kind === 'external' ? token.path.at(-1) : textOf(token));

const placeOf = ({ find }: LinkSources, value: BootValue): SourceLocation | undefined => {
  if (value.kind === 'external' || value.kind === 'function' || value.kind === 'unknown') return value.at;
  return find(classOf(value) ?? '')?.at;
};

/** `@Param('id', ParseIntPipe)`: pipes that a parameter names. */
const PARAMETER_DECORATORS = new Set(['Body', 'Query', 'Param', 'Headers', 'UploadedFile', 'UploadedFiles', 'RawBody']);

const parameterPipes = (sources: LinkSources, { parameters }: BootMember): readonly NestLink[] =>
  parameters.flatMap(({ decorators }) =>
    decoratorCalls(decorators).flatMap(({ package: origin, name, arguments: given, at }) => {
      if (origin !== '@nestjs/common' || !PARAMETER_DECORATORS.has(name)) return [];
      const pipes = given.filter((value) => value.kind === 'class' || value.kind === 'instance' || value.kind === 'external');
      return pipes.flatMap((value) => enhancerLinks(sources, value, { kind: PIPES, scope: 'route', at }));
    }),
  );

interface Placed {
  readonly kind: EnhancerKind;
  readonly scope: ChainLink['scope'];
  readonly at: SourceLocation;
}

function enhancerLinks(sources: LinkSources, value: BootValue, { kind, scope, at }: Placed): readonly NestLink[] {
  return flatValues(value).flatMap((one): readonly NestLink[] => {
    const made = classOf(one);
    if (made !== undefined)
      return [{ ...sources.classLink(made, kind.method), role: roleOf(one, kind), scope, at, isKnown: true, value: one }];
    return toLinks(one, { scope, at, object: sources.object }).map((link) => ({
      ...link,
      name: shortName(one) ?? link.name,
      role: roleOf(one, kind),
      value: one,
    }));
  });
}

/** `AuthGuard("jwt")`: names of Nest's own exports say enough without the package. */
function shortName(value: BootValue): string | undefined {
  if (value.kind !== 'external') return undefined;
  const given = (value.arguments ?? []).map((argument) => (argument.kind === 'constant' ? JSON.stringify(argument.value) : '…'));
  const name = value.path.filter((part) => part !== 'default' && part !== '()').join('.');
  return value.called ? `${name}(${given.every((text) => text !== '…') ? given.join(', ') : ''})` : name;
}

const UPLOADS = /^(?:File|Files|FileFields|AnyFiles|NoFiles)Interceptor$/;

function roleOf(value: BootValue, { role }: EnhancerKind): ChainRole {
  if (role === 'interceptor' && value.kind === 'external' && UPLOADS.test(value.path.find((part) => UPLOADS.test(part)) ?? ''))
    return 'upload';
  return role;
}

/** The method of a class that runs, where the program has it, with the closure of the instance that the container made. */
function classLink(program: ProgramQueries, find: LinkSources['find'], id: string, method: string): ClassLink {
  const found = find(id);
  const symbol = found?.symbol ?? (id as SymbolId);
  const name = nameOf(symbol);
  const member = found?.members.find((one) => one.name === method && one.isStatic !== true);
  if (member !== undefined) return { name, symbol: member.symbol, ...(member.closure === undefined ? {} : { closure: member.closure }) };
  const declared = toSymbolId(moduleOf(symbol), `${name}.${method}`);
  if (program.declaration(declared) !== undefined) return { name, symbol: declared };
  const base = found === undefined ? undefined : lineage(found, find).at(-1)?.extends;
  return { name, ...(base?.kind === 'external' ? { package: base.package } : {}) };
}

/** Middleware that a module or the application itself puts before everything else. */
export const middlewareLinks = (
  sources: LinkSources,
  value: BootValue,
  effect: BootEffect,
  scope: ChainLink['scope'],
): readonly NestLink[] =>
  flatValues(value).flatMap((one): readonly NestLink[] => {
    const made = classOf(one);
    if (made !== undefined)
      return [{ ...sources.classLink(made, 'use'), role: 'middleware', scope, at: effect.at, isKnown: true, value: one }];
    return toLinks(one, { scope, at: effect.at, object: sources.object, errorParameters: 4 }).map((link) => ({ ...link, value: one }));
  });
