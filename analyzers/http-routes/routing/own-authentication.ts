import { remember } from '../../../src/lib/remember.ts';
import type { RouteAuthentication } from '../../../src/model/fact.ts';
import type { CallSyntax, Expression } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { Span } from '../../../src/model/location.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type FunctionCode, functionCode } from './function-code.ts';
import { schemeOfText } from './package-authentication.ts';

type Scheme = RouteAuthentication['scheme'];

/** What a function of the program, with what it calls, does to learn who asks. */
interface Evidence {
  /** It asks a library whether a token or a request is genuine. */
  readonly verified?: Scheme;
  /** What of a request it looks at. */
  readonly looked?: Scheme;
  /** It answers 401 or 403, or throws what stands for them. */
  readonly refuses: boolean;
  /** What it refuses requests without, in its own code. */
  readonly required?: Scheme;
  /** It looks at the path of the request, so that it need not ask of every route. */
  readonly choosesByPath: boolean;
}

export interface OwnAuthentication {
  readonly scheme: Scheme;
  readonly choosesByPath: boolean;
}

const FARTHEST = 2;

export interface OwnAuthentications {
  /** What middleware asks of requests. */
  readonly ofMiddleware: (symbol: SymbolId) => OwnAuthentication | undefined;
  /** Whether a handler asks for a session itself, and refuses requests without. */
  readonly needsSession: (handler: SymbolId) => boolean;
  /** What of a request a handler's own code refuses it without: `if (!request.session.userId) return response.status(401)`. */
  readonly requiredBy: (handler: SymbolId) => Scheme | undefined;
}

/** Recognises own code by what it does: by nothing else, least of all by its name. */
export function createOwnAuthentications(program: ProgramQueries): OwnAuthentications {
  const own = remember((symbol: SymbolId): Evidence => {
    const code = functionCode(program, symbol);
    return code === undefined ? { refuses: false, choosesByPath: false } : ownEvidence(program, code);
  });
  const within = (symbol: SymbolId, depth: number): Evidence => {
    const called = depth === FARTHEST ? [] : program.callsFrom(symbol).filter(({ kind }) => kind === 'call');
    return called.map(({ to }) => within(to, depth + 1)).reduce(join, own(symbol));
  };
  const evidenceOf = remember((symbol: SymbolId) => within(symbol, 0));
  return {
    ofMiddleware: (symbol) => {
      const { verified, looked, refuses, choosesByPath } = evidenceOf(symbol);
      const scheme = verified ?? (refuses ? looked : undefined);
      return scheme === undefined ? undefined : { scheme, choosesByPath };
    },
    requiredBy: (handler) => own(handler).required,
    needsSession: (handler) => {
      const { verified, refuses } = evidenceOf(handler);
      return verified === 'session' && refuses;
    },
  };
}

const join = (left: Evidence, right: Evidence): Evidence => {
  const verified = left.verified ?? right.verified;
  const looked = left.looked ?? right.looked;
  return {
    ...(verified === undefined ? {} : { verified }),
    ...(looked === undefined ? {} : { looked }),
    refuses: left.refuses || right.refuses,
    choosesByPath: left.choosesByPath || right.choosesByPath,
  };
};

function ownEvidence(program: ProgramQueries, code: FunctionCode): Evidence {
  const verified = code.calls.map((call) => verifiedBy(program, code, call)).find((scheme) => scheme !== undefined);
  const looked = isForGuests(code) ? undefined : lookedAt(code);
  const required = requiredIn(program, code);
  return {
    ...(verified === undefined ? {} : { verified }),
    ...(looked === undefined ? {} : { looked }),
    ...(required === undefined ? {} : { required }),
    refuses: code.calls.some(refuses) || code.expressions.some(isRefusal) || [...code.texts].some(isRefusingName),
    choosesByPath: ['path', 'originalUrl', 'url', 'baseUrl'].some((name) => code.members.has(name)),
  };
}

/** Packages, and what of them is called to verify. */
const VERIFIERS: Readonly<Record<string, { readonly names: readonly string[]; readonly scheme: Scheme }>> = {
  jsonwebtoken: { names: ['verify'], scheme: 'bearer' },
  jose: { names: ['jwtVerify', 'jwtDecrypt'], scheme: 'bearer' },
  'jwt-simple': { names: ['decode'], scheme: 'bearer' },
  'fast-jwt': { names: ['createVerifier'], scheme: 'bearer' },
  'aws-jwt-verify': { names: ['verify'], scheme: 'bearer' },
  '@okta/jwt-verifier': { names: ['verifyAccessToken'], scheme: 'bearer' },
  'firebase-admin': { names: ['verifyIdToken'], scheme: 'bearer' },
  'firebase-admin/auth': { names: ['verifyIdToken'], scheme: 'bearer' },
  'google-auth-library': { names: ['verifyIdToken'], scheme: 'bearer' },
  'express-jwt': { names: ['expressjwt', 'default'], scheme: 'bearer' },
  'basic-auth': { names: ['default'], scheme: 'basic' },
  'next-auth': { names: ['getServerSession', 'unstable_getServerSession'], scheme: 'session' },
  'next-auth/next': { names: ['getServerSession', 'unstable_getServerSession'], scheme: 'session' },
  'next-auth/jwt': { names: ['getToken'], scheme: 'session' },
  'next-auth/react': { names: ['getSession'], scheme: 'session' },
  '@clerk/nextjs': { names: ['auth', 'getAuth', 'currentUser'], scheme: 'session' },
  '@clerk/nextjs/server': { names: ['auth', 'getAuth', 'currentUser'], scheme: 'session' },
  'iron-session': { names: ['getIronSession'], scheme: 'session' },
};

function verifiedBy(program: ProgramQueries, { module, index }: FunctionCode, call: CallSyntax): Scheme | undefined {
  if (call.callee.kind === 'member' && call.callee.property === 'isAuthenticated') return 'session';
  // A function that is handed over is called: `promisify(jwt.verify)`.
  for (const expression of [call.callee, ...call.arguments]) {
    if (expression.kind !== 'member' && expression.kind !== 'name') continue;
    const referent = program.resolveExpression(module.id, call.owner === 0 ? index : call.owner, expression);
    if (referent.kind !== 'external' && referent.kind !== 'external-instance') continue;
    if (referent.package === 'passport' && referent.path.at(-1) === 'authenticate' && expression === call.callee) return strategyOf(call);
    const known = Object.hasOwn(VERIFIERS, referent.package) ? VERIFIERS[referent.package] : undefined;
    if (known?.names.includes(referent.path.at(-1) ?? 'default')) return known.scheme;
  }
  return undefined;
}

/** `passport.authenticate('jwt', …)(request, response, next)`. */
function strategyOf({ arguments: [name] }: CallSyntax): Scheme {
  return name?.kind === 'literal' && typeof name.value === 'string' ? schemeOfText(name.value) : 'unknown';
}

const API_KEY = /^(?:x-)?api[-_]?(?:key|token)$/i;

function lookedAt({ members, texts, tests }: FunctionCode): Scheme | undefined {
  const isAny = (pattern: RegExp): boolean => [...texts, ...members].some((one) => pattern.test(one));
  // Whether a request was forged is another question than who asks.
  if (isAny(/csrf|xsrf/i)) return undefined;
  if (isAny(API_KEY)) return 'api-key';
  if (members.has('authorization') || isAny(/^authorization$/i))
    return [...texts].some((one) => /^basic\b/i.test(one)) ? 'basic' : 'bearer';
  if (members.has('session')) return 'session';
  if (isAny(/^x-(?:access|auth)-token$/i) || tests.some(({ path }) => !isWritten(path) && path.includes('user'))) return 'unknown';
  return members.has('cookies') || members.has('signedCookies') ? 'session' : undefined;
}

/** What earlier code says of who asks, as members of a request or of its context. */
const IDENTITY: Readonly<Record<string, Scheme>> = {
  session: 'session',
  user: 'unknown',
  userId: 'unknown',
  auth: 'unknown',
  currentUser: 'unknown',
};

/** What of a request its sender writes as they like: `request.body.user` says whom a form is about, not who sends it. */
const WRITTEN: ReadonlySet<string> = new Set(['body', 'query', 'params', 'payload', 'headers']);

const isWritten = (path: readonly string[]): boolean => path.some((member) => WRITTEN.has(member));

/** `if (!request.session.userId) return response.status(401)…`: the request is a parameter, and refused where that is absent. */
function requiredIn(program: ProgramQueries, { module, index, calls, tests }: FunctionCode): Scheme | undefined {
  for (const { path, owner, absent } of tests) {
    const [root = '', ...members] = path;
    const name = members.find((member) => Object.hasOwn(IDENTITY, member));
    if (absent === undefined || name === undefined || isWritten(members) || /csrf|xsrf/i.test(path.join(' '))) continue;
    const referent = program.resolveName(module.id, owner, root, absent.start);
    const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
    const declaration = found?.module === module ? module.syntax.declarations[found.index] : undefined;
    if (declaration?.kind !== 'parameter' || declaration.parent !== index) continue;
    if (calls.some((call) => isWithin(absent, call) && refuses(call))) return IDENTITY[name];
  }
  return undefined;
}

/** `if (request.session.userId) return response.status(403)…`: who has signed in is refused, everyone else is let pass. */
function isForGuests({ calls, tests }: FunctionCode): boolean {
  const known = tests.flatMap(({ path, present }) => (present !== undefined && endsInIdentity(path.slice(1)) ? [present] : []));
  const refusals = calls.filter(refuses);
  return refusals.length > 0 && refusals.every((call) => known.some((span) => isWithin(span, call)));
}

const endsInIdentity = (members: readonly string[]): boolean =>
  !isWritten(members) && Object.hasOwn(IDENTITY, (members.at(-1) === 'id' ? members.at(-2) : members.at(-1)) ?? '');

const isWithin = ({ start, end }: Span, { span }: CallSyntax): boolean => start <= span.start && span.end <= end;

const REFUSING: ReadonlySet<unknown> = new Set([401, 403]);

/** `response.status(401)`, `createError(401)`, `new RequestError({ status: 401 })`, `new UnauthorizedError()`, `Boom.unauthorized()`. */
function refuses({ callee, arguments: given }: CallSyntax): boolean {
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  return given.some(isRefusing) || isRefusingName(name);
}

const isRefusing = (one: Expression): boolean =>
  one.kind === 'object'
    ? one.properties.some(({ key, value }) => /^status(?:_?code)?$/i.test(key ?? '') && isRefusing(value))
    : one.kind === 'literal' && REFUSING.has(one.value);

/** A status or an error by its name. */
const isRefusal = (one: Expression): boolean => one.kind === 'member' && isRefusingName(one.property);

const isRefusingName = (name: string): boolean =>
  /^(?:un_?auth(?:ori[sz]ed|enticated)|forbidden)/i.test(name) || /(?:Unauthori[sz]ed|Unauthenticated)(?:Error|Exception)$/.test(name);
