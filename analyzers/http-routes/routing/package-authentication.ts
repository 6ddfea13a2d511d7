import { constantTexts } from '../../../src/analyze/constant-text.ts';
import type { BootTrace, BootValue } from '../../../src/model/boot-trace.ts';
import type { RouteAuthentication } from '../../../src/model/fact.ts';

type Scheme = RouteAuthentication['scheme'];
type External = Extract<BootValue, { readonly kind: 'external' }>;

/** What middleware of a package asks of a request for a path; `undefined` where it lets everybody pass. */
export function packageScheme(value: External, path: string, strategies: ReadonlyMap<string, Scheme>): Scheme | undefined {
  const name = value.path.findLast((part) => part !== '()' && part !== 'default') ?? '';
  const [first] = value.arguments ?? [];
  switch (value.package) {
    case 'passport':
    case 'koa-passport':
      return name === 'authenticate' || name === 'authorize' ? strategyScheme(first, strategies) : undefined;
    case 'express-jwt':
    case 'koa-jwt':
      return isOptional(first) || (name === 'unless' && isExempt(first, path)) ? undefined : 'bearer';
    case 'express-oauth2-jwt-bearer':
      return name === 'auth' && !isFalse(first, 'authRequired') ? 'bearer' : undefined;
    case 'express-openid-connect':
      return name === 'attemptSilentLogin' || (name === 'auth' && isFalse(first, 'authRequired')) ? undefined : 'oauth';
    case '@clerk/express':
      return name === 'requireAuth' ? 'session' : undefined;
    case 'keycloak-connect':
      return name === 'protect' || name === 'enforcer' ? 'oauth' : undefined;
    case '@medusajs/framework/http':
    case '@medusajs/framework':
    case '@medusajs/medusa':
      return name === 'authenticate' ? medusaScheme(value.arguments) : undefined;
    default:
      return Object.hasOwn(PACKAGES, value.package) ? PACKAGES[value.package] : undefined;
  }
}

const PACKAGES: Readonly<Record<string, Scheme>> = {
  'hono/jwt': 'bearer',
  'hono/jwk': 'bearer',
  'hono/bearer-auth': 'bearer',
  'hono/basic-auth': 'basic',
  'express-basic-auth': 'basic',
  'koa-basic-auth': 'basic',
  'basic-auth-connect': 'basic',
  'http-auth-connect': 'basic',
  'connect-ensure-login': 'session',
  '@clerk/clerk-sdk-node': 'session',
  'express-oauth-server': 'bearer',
  '@node-oauth/express-oauth-server': 'bearer',
};

const isFalse = (options: BootValue | undefined, name: string): boolean => {
  const value = options?.kind === 'object' ? options.properties[name] : undefined;
  return value?.kind === 'constant' && value.value === false;
};

const isOptional = (options: BootValue | undefined): boolean => {
  const passes = options?.kind === 'object' ? options.properties.passthrough : undefined;
  return isFalse(options, 'credentialsRequired') || (passes?.kind === 'constant' && passes.value === true);
};

/** `authenticate('customer', ['session', 'bearer'], { allowUnauthenticated: true })`. */
function medusaScheme([, types, options]: readonly BootValue[] = []): Scheme | undefined {
  const passes = options?.kind === 'object' ? options.properties.allowUnauthenticated : undefined;
  if (passes?.kind === 'constant' && passes.value === true) return undefined;
  const named = constantTexts(types);
  return (['bearer', 'session', 'api-key'] as const).find((scheme) => named.includes(scheme)) ?? 'unknown';
}

/** `jwt(…).unless({ path: ['/login', /^\/public/] })`. */
function isExempt(options: BootValue | undefined, path: string): boolean {
  const given = options?.kind === 'object' ? options.properties.path : undefined;
  const paths = given?.kind === 'array' ? given.elements : given === undefined ? [] : [given];
  return paths.some((one) => meets(one.kind === 'object' ? one.properties.url : one, path));
}

function meets(pattern: BootValue | undefined, path: string): boolean {
  if (pattern?.kind === 'constant') return pattern.value === path;
  if (pattern?.kind !== 'pattern' || pattern.source.length > 100) return false;
  try {
    return new RegExp(pattern.source, pattern.flags).test(path.replace(/\{\w+\+?\}/g, '1'));
  } catch {
    return false;
  }
}

function strategyScheme(value: BootValue | undefined, strategies: ReadonlyMap<string, Scheme>): Scheme | undefined {
  const names = constantTexts(value);
  const schemes = names.filter((name) => name !== 'anonymous').map((name) => strategies.get(name) ?? schemeOfText(name));
  return schemes.find((scheme) => scheme !== 'unknown') ?? (names.includes('anonymous') && schemes.length === 0 ? undefined : 'unknown');
}

/** What the name of a strategy, or of the package that has it, says. */
export function schemeOfText(name: string): Scheme {
  if (/api-?key/i.test(name)) return 'api-key';
  if (/jwt|bearer/i.test(name)) return 'bearer';
  if (/basic|digest|^passport-http$/i.test(name)) return 'basic';
  if (/^(?:passport-)?session$|^cookie$/i.test(name)) return 'session';
  return /google|github|gitlab|facebook|twitter|linkedin|microsoft|azure|oauth|oidc|openid|saml|discord|slack|apple|auth0|okta/i.test(name)
    ? 'oauth'
    : 'unknown';
}

/** Schemes of the strategies that start-up code gives to passport, by the names they are given. */
export function strategySchemes({ effects }: BootTrace): ReadonlyMap<string, Scheme> {
  return new Map(
    effects
      .filter(({ verb }) => verb === 'use-strategy')
      .flatMap(({ arguments: [name, strategy] }) =>
        name?.kind === 'constant' && strategy?.kind === 'external' ? [[String(name.value), schemeOfText(strategy.package)] as const] : [],
      ),
  );
}
