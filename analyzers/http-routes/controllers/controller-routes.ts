import { classOf, type DecoratorCall, decoratorCalls, flatValues, memberHandler } from '../../../src/analyze/decorator-calls.ts';
import type { BootClass, BootMember, BootType, BootValue } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ChainLink, RouteFact, RouteShapes, Shape } from '../../../src/model/fact.ts';
import { nameOf, toRouteId } from '../../../src/model/ids.ts';
import { type Link, toChainLink, toLinks } from '../routing/chain-link.ts';
import type { ChainMeaning } from '../routing/chain-meaning.ts';
import { joinPaths, type PathReading, readPaths } from '../routing/route-path.ts';
import type { ControllerFramework, DecoratedLink, RegisteredController } from './controller-framework.ts';

export interface ControllerReading {
  readonly framework: ControllerFramework;
  readonly meaning: ChainMeaning;
  readonly find: (id: string) => BootClass | undefined;
  /** Links of the application around all of its controllers. */
  readonly around: readonly Link[];
}

/** Routes of a controller, its own methods and inherited ones. */
export function controllerRoutes(reading: ControllerReading, controller: RegisteredController): readonly (RouteFact | Diagnostic)[] {
  const { framework } = reading;
  return controller.class.members.flatMap((member) =>
    ownCalls(framework, member.decorators).flatMap((decorator) => {
      const answer = member.kind === 'method' ? framework.answer(decorator) : undefined;
      return answer === undefined ? [] : routesOf(reading, controller, { member, decorator, ...answer });
    }),
  );
}

/** The decorator that makes a class a controller, its own or inherited. */
export const controllerDecorator = (
  { framework, find }: Pick<ControllerReading, 'framework' | 'find'>,
  found: BootClass,
): DecoratorCall | undefined => {
  for (let current: BootClass | undefined = found, count = 0; current !== undefined && count < 10; count += 1) {
    const own = ownCalls(framework, current.decorators).find(({ name }) => framework.controllers.has(name));
    if (own !== undefined) return own;
    current = current.extends === undefined ? undefined : find(classOf(current.extends) ?? '');
  }
  return undefined;
};

const ownCalls = ({ packages }: ControllerFramework, decorators: BootClass['decorators']): readonly DecoratorCall[] =>
  decoratorCalls(decorators).filter((call) => packages.includes(call.package));

interface Answer {
  readonly member: BootMember;
  readonly decorator: DecoratorCall;
  readonly methods: readonly string[];
  readonly path: BootValue | undefined;
}

function routesOf(reading: ControllerReading, controller: RegisteredController, answer: Answer): readonly (RouteFact | Diagnostic)[] {
  const { framework } = reading;
  const made = controllerDecorator(reading, controller.class);
  if (made === undefined) return [];
  const outer = framework.pathOf === undefined ? made.arguments[0] : framework.pathOf(made);
  const [own] = pathsOf([outer, answer.path], framework);
  return answer.methods.flatMap((method): readonly (RouteFact | Diagnostic)[] => [
    ...pathsOf([controller.prefix, outer, answer.path], framework).map((path) => toFact(reading, controller, answer, { method, ...path })),
    // Of a prefix that is not known, the application tells.
    ...(own?.unknown === undefined
      ? []
      : [{ code: 'dynamic-route' as const, data: { method, text: own.unknown }, at: answer.decorator.at }]),
  ]);
}

interface FullPath {
  readonly path: string;
  readonly unknown?: string;
}

/** Every combination of the parts of a path. */
function pathsOf(parts: readonly (BootValue | undefined)[], { paths }: ControllerFramework): readonly FullPath[] {
  let all: readonly FullPath[] = [{ path: '/' }];
  for (const part of parts) {
    const readings: readonly PathReading[] = isAbsent(part) ? [] : readPaths(part);
    if (readings.length === 0) continue;
    all = all.flatMap((before) => readings.flatMap((reading) => appended(before, reading, paths)));
  }
  return all;
}

const isAbsent = (value: BootValue | undefined): value is undefined =>
  value === undefined ||
  value.kind === 'object' ||
  value.kind === 'function' ||
  value.kind === 'class' ||
  (value.kind === 'constant' && typeof value.value !== 'string');

function appended(before: FullPath, reading: PathReading, paths: ControllerFramework['paths']): readonly FullPath[] {
  const written = reading.kind === 'path' ? reading.written : '<pattern>';
  const told = reading.kind === 'path' ? reading.unknown : `/${reading.source}/${reading.flags}`;
  const unknown = [before.unknown, told].filter((text) => text !== undefined).join(', ');
  return paths(written).map((path) => ({ path: joinPaths(before.path, path), ...(unknown === '' ? {} : { unknown }) }));
}

function toFact(
  reading: ControllerReading,
  controller: RegisteredController,
  { member, decorator, path: local }: Answer,
  { method, path, unknown }: FullPath & { readonly method: string },
): RouteFact {
  const { framework, meaning, around } = reading;
  const decorators = { method: ownCalls(framework, member.decorators), controller: ownCalls(framework, controller.class.decorators) };
  const [of, on] = [linksOf(reading, decorators.controller, 'router'), linksOf(reading, decorators.method, 'route')];
  const handler = memberHandler(member);
  const named: Link = {
    role: 'handler',
    symbol: handler.symbol,
    ...(handler.closure === undefined ? {} : { closure: handler.closure }),
    name: nameOf(handler.symbol),
    scope: 'route',
    at: member.at,
    isKnown: true,
  };
  const [first, last] = [around.filter(({ role }) => role !== 'error-handler'), around.filter(({ role }) => role === 'error-handler')];
  const before = [...first, ...of.before, ...on.before];
  const told = meaning.of(before, named, { path });
  const authentication =
    framework.authentication === undefined ? told.authentication : framework.authentication(decorators, told.authentication);
  const shapes: RouteShapes = { ...told.shapes, ...declaredShapes(framework, member) };
  return {
    kind: 'route',
    id: toRouteId(method, path),
    method,
    path,
    localPath: local?.kind === 'constant' && typeof local.value === 'string' && local.value !== '' ? local.value : '/',
    framework: framework.name,
    handler,
    chain: [...[...before, named, ...on.after, ...of.after, ...last].map((link): ChainLink => toChainLink(meaning.named(link)))],
    guards: [],
    statements: [{ file: member.at.file, ...member.span }],
    ...(unknown === undefined
      ? {}
      : { stays: { text: `its path depends on ${unknown}, which only a start of the monolith makes known`, at: decorator.at } }),
    ...(authentication === undefined ? {} : { authentication }),
    ...(Object.keys(shapes).length === 0 ? {} : { shapes }),
    at: decorator.at,
  };
}

/** What decorators of a class or a method put around handlers. */
function linksOf(
  reading: ControllerReading,
  calls: readonly DecoratorCall[],
  scope: ChainLink['scope'],
): { readonly before: readonly Link[]; readonly after: readonly Link[] } {
  const all = calls.flatMap((call) =>
    reading.framework.links(call).flatMap((one) => decoratedLinks(reading, one, call.at, scope).map((link) => ({ link, when: one.when }))),
  );
  const at = (when: DecoratedLink['when']): readonly Link[] => all.filter((one) => one.when === when).map(({ link }) => link);
  return { before: at('before'), after: at('after') };
}

export function decoratedLinks(
  { framework, find }: Pick<ControllerReading, 'framework' | 'find'>,
  { role, value }: DecoratedLink,
  at: ChainLink['at'],
  scope: ChainLink['scope'],
): readonly Link[] {
  return flatValues(value).flatMap((one): readonly Link[] => {
    const id = classOf(one);
    const found = id === undefined ? undefined : find(id);
    if (found === undefined) {
      const links =
        id === undefined
          ? toLinks(one, { scope, at, object: () => undefined })
          : [{ role, name: nameOf(id as never), scope, at, isKnown: true } as const];
      return links.map((link) => (link.role === 'middleware' ? { ...link, role } : link));
    }
    const member =
      found.members.find(({ name }) => name === framework.middlewareMethod) ?? found.members.find(({ name }) => RUNS.has(name));
    const symbol = member?.symbol ?? found.symbol;
    const isError = member?.name === 'error';
    return [{ role: isError ? 'error-handler' : role, symbol, name: nameOf(found.symbol), scope, at, isKnown: true }];
  });
}

const RUNS: ReadonlySet<string> = new Set(['use', 'handler', 'intercept', 'error', 'execute']);

/** Types of parameters that decorators bind to a whole part of the request, and of what the method returns. */
function declaredShapes({ packages, parts }: ControllerFramework, { parameters, returns }: BootMember): RouteShapes {
  const shapes: { -readonly [K in keyof RouteShapes]: RouteShapes[K] } = {};
  for (const { decorators, type } of parameters)
    for (const { package: origin, name } of decoratorCalls(decorators)) {
      const part = packages.includes(origin) && Object.hasOwn(parts, name) ? parts[name] : undefined;
      const shape = typeShape(type);
      if (part !== undefined && shape !== undefined) shapes[part] ??= shape;
    }
  const answered = typeShape(returns);
  if (answered !== undefined) shapes.responses = { default: answered };
  return shapes;
}

const typeShape = (type: BootType | undefined): Shape | undefined =>
  type?.kind === 'symbol' ? { kind: 'type', symbol: type.symbol, ...(type.isList === true ? { isList: true as const } : {}) } : undefined;
