import { remember } from '../../../src/lib/remember.ts';
import type { ChainLink, RouteAuthentication } from '../../../src/model/fact.ts';
import type { CallSyntax } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';

type Scheme = RouteAuthentication['scheme'];

/** Recognises how a request says who asks, from what runs before the handler. */
export function createAuthentication(program: ProgramQueries): (chain: readonly ChainLink[]) => RouteAuthentication | undefined {
  const schemeOf = remember((symbol: SymbolId) => schemeOfFunction(program, symbol, 0));
  const schemeOfSymbol = (link: ChainLink, symbol: SymbolId): Scheme | undefined => {
    const told = schemeOf(symbol);
    return told === undefined || told === 'unknown' ? (schemeOfName(link) ?? told) : told;
  };
  return (chain) => {
    const end = chain.findIndex(({ role }) => role === 'handler');
    const before = chain.slice(0, end === -1 ? chain.length : end).filter(({ role }) => role !== 'session');
    const found = before.flatMap((link) => {
      const told = link.symbol === undefined ? schemeOfPackage(link) : schemeOfSymbol(link, link.symbol);
      return told === undefined ? [] : [{ scheme: told, by: nameOf(link), at: link.at }];
    });
    const known = found.findLast(({ scheme }) => scheme !== 'unknown') ?? found.at(-1);
    const isOfSession = known?.scheme === 'unknown' && chain.some(({ role }) => role === 'session');
    return known !== undefined && isOfSession ? { ...known, scheme: 'session' } : known;
  };
}

/** The name without the point at which it runs. */
const nameOf = ({ name }: ChainLink): string => name.replace(/^(?:on|pre)[A-Z]\w+ /, '');

const PACKAGES: Readonly<Record<string, Scheme>> = {
  '@fastify/basic-auth': 'basic',
  '@fastify/bearer-auth': 'bearer',
  'fastify-bearer-auth': 'bearer',
  'fastify-auth0-verify': 'bearer',
  'fastify-jwt-jwks': 'bearer',
};

function schemeOfPackage({ role, package: name, name: shown }: ChainLink): Scheme | undefined {
  if (name === undefined) return undefined;
  if (Object.hasOwn(PACKAGES, name)) return PACKAGES[name];
  if (role !== 'authentication' || !shown.includes('(')) return undefined;
  return /jwt|bearer/i.test(shown) ? 'bearer' : /basic/i.test(shown) ? 'basic' : 'unknown';
}

/** What the name of a function, or of a function around it, says that it does: `jwtPlugin`, `requireApiKey`. */
function schemeOfName(link: ChainLink): Scheme | undefined {
  const words = new Set(
    nameOf(link)
      .replace(/[A-Z]+/g, (text) => ` ${text}`)
      .toLowerCase()
      .split(/[^a-z]+/),
  );
  const has = (...names: readonly string[]): boolean => names.some((name) => words.has(name));
  if (has('jwt', 'bearer')) return 'bearer';
  if (has('apikey') || (has('api') && has('key', 'token'))) return 'api-key';
  if (has('basic') && has('auth')) return 'basic';
  return has('auth', 'authed', 'authenticate', 'authenticated', 'authentication', 'authorize', 'authorization') ? 'unknown' : undefined;
}

const FARTHEST = 2;

/** What the code of a function, and of the functions that it calls, asks of a request. */
function schemeOfFunction(program: ProgramQueries, symbol: SymbolId, depth: number): Scheme | undefined {
  const found = program.declaration(symbol);
  if (found === undefined) return undefined;
  const { syntax } = found.module;
  const span = syntax.declarations[found.index]?.span;
  if (span === undefined) return undefined;
  const calls = syntax.calls.filter(({ span: place }) => place.start >= span.start && place.end <= span.end);
  if (calls.some(verifiesToken)) return 'bearer';
  if (depth === FARTHEST) return undefined;
  for (const { to, kind } of program.callsFrom(symbol)) {
    const scheme = kind === 'call' ? schemeOfFunction(program, to, depth + 1) : undefined;
    if (scheme !== undefined) return scheme;
  }
  return calls.some(refuses) ? 'unknown' : undefined;
}

/** `request.jwtVerify()`, `app.jwt.verify(token)`, `jwt.verify(token)`. */
function verifiesToken({ callee }: CallSyntax): boolean {
  if (callee.kind !== 'member') return false;
  if (callee.property === 'jwtVerify') return true;
  if (callee.property !== 'verify') return false;
  const { object } = callee;
  return object.kind === 'member' ? object.property === 'jwt' : object.kind === 'name' && /^(?:jwt|jsonwebtoken)$/i.test(object.name);
}

/** `reply.code(401)`, `new UnauthorizedError()`, `new TRPCError({ code: 'UNAUTHORIZED' })`. */
function refuses({ callee, arguments: [given] }: CallSyntax): boolean {
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  if (/unauthori[sz]ed/i.test(name)) return true;
  if (given?.kind === 'object')
    return given.properties.some(({ key, value }) => key === 'code' && value.kind === 'literal' && value.value === 'UNAUTHORIZED');
  return (name === 'code' || name === 'status') && given?.kind === 'literal' && given.value === 401;
}
