import { classOf, decoratorCalls, textOf } from '../../../src/analyze/decorator-calls.ts';
import { ownEntry } from '../../../src/lib/own-entry.ts';
import type { BootClass, BootDecorator, BootValue } from '../../../src/model/boot-trace.ts';
import type { RouteAuthentication } from '../../../src/model/fact.ts';
import { lineage } from './controllers.ts';
import type { LinkSources, NestLink } from './links.ts';
import type { GuardMarks, MetadataMark } from './metadata-marks.ts';

type Scheme = RouteAuthentication['scheme'];
type Find = (id: string) => BootClass | undefined;

/** What documentation decorators of `@nestjs/swagger` say of how a request tells who asks. */
const DOCUMENTED: Readonly<Record<string, Scheme>> = {
  ApiBearerAuth: 'bearer',
  ApiBasicAuth: 'basic',
  ApiCookieAuth: 'session',
  ApiOAuth2: 'oauth',
  ApiSecurity: 'api-key',
};

/** Decorators of a route. */
interface Decorated {
  readonly handler: readonly BootDecorator[];
  /** Of its class, and of those that this one extends. */
  readonly class: readonly BootDecorator[];
}

/** A guard or decorator that says how a request tells who asks; nothing for routes that are marked as open to all. */
export function authenticationOf(
  links: readonly NestLink[],
  decorated: Decorated,
  { find, marksOf }: Pick<LinkSources, 'find' | 'marksOf'>,
): RouteAuthentication | undefined {
  const decorators = [...decorated.handler, ...decorated.class];
  const isOpen = metadataOf(decorators).some(({ key, value }) => OPEN.test(key ?? '') && isTruthy(value));
  const isPassed = (guard: NestLink): boolean => {
    const { marks, unclear } = guard.symbol === undefined ? UNREAD : marksOf(guard.symbol);
    return marks.some((mark) => passes(mark, decorated)) || (unclear && isOpen && guard.scope === 'application');
  };
  const guards = links.filter((link) => link.role === 'guard' && (link.guards ?? []).length === 0 && !isPassed(link));
  const documented = decoratorCalls(decorators).find(
    ({ package: origin, name }) => origin === '@nestjs/swagger' && ownEntry(DOCUMENTED, name) !== undefined,
  );
  const stated = documented === undefined ? undefined : ownEntry(DOCUMENTED, documented.name);
  const recognised = guards.flatMap((link) => {
    const scheme = schemeOf(link, find);
    return scheme === undefined ? [] : [{ scheme: scheme === 'unknown' ? (stated ?? scheme) : scheme, by: link.name, at: link.at }];
  });
  const [first] = recognised;
  // A key says which program asks, the others who.
  if (first !== undefined)
    return (
      recognised.find(({ scheme }) => scheme !== 'unknown' && scheme !== 'api-key') ??
      recognised.find(({ scheme }) => scheme !== 'unknown') ??
      first
    );
  if (documented === undefined || stated === undefined || isOpen) return undefined;
  return { scheme: stated, by: `@${documented.name}()`, at: documented.at };
}

/** What is known of a guard without code. */
const UNREAD: GuardMarks = { marks: [], unclear: true };

/** What metadata is called that opens a route, where nothing else tells. */
const OPEN = /public|anonym|(?:skip|no|without|un)-?_?auth/i;

const metadataOf = (decorators: readonly BootDecorator[]) =>
  decoratorCalls(decorators).flatMap(({ name, arguments: [key, value] }) => (name === 'SetMetadata' ? [{ key: textOf(key), value }] : []));

const isTruthy = (value: BootValue | undefined): boolean => value !== undefined && (value.kind !== 'constant' || Boolean(value.value));

/** Whether a guard lets a route's requests pass; of metadata that is set twice the first counts: it is applied last. */
function passes(mark: MetadataMark, decorated: Decorated): boolean {
  const [value] = mark.of.flatMap((place) => metadataOf(decorated[place]).filter(({ key }) => key === mark.key));
  return isTruthy(value?.value) === (mark.passes === 'present');
}

/** The scheme of a guard that authenticates; absent for one that only decides. */
function schemeOf({ value, name }: NestLink, find: Find): Scheme | undefined {
  const passport = passportCall(value, find);
  if (passport !== undefined) return passportScheme(passport);
  if (!/auth|jwt|token|session|api-?key|login|signed-?in|bearer/i.test(name) || /role|permission|authoriz|throttl|csrf|feature/i.test(name))
    return undefined;
  return namedScheme(name);
}

/** `AuthGuard('jwt')` itself, or what a guard extends. */
function passportCall(value: BootValue, find: Find): Extract<BootValue, { kind: 'external' }> | undefined {
  const found = find(classOf(value) ?? '');
  const bases = found === undefined ? [] : lineage(found, find).map((one) => one.extends);
  return [value, ...bases].find(
    (one): one is Extract<BootValue, { kind: 'external' }> => one?.kind === 'external' && one.package === '@nestjs/passport',
  );
}

const passportScheme = ({ arguments: given = [] }: Extract<BootValue, { kind: 'external' }>): Scheme => {
  const [first] = given;
  const name = first?.kind === 'array' ? first.elements.map(textOf).find((text) => text !== undefined) : textOf(first);
  return name === undefined ? 'unknown' : namedScheme(name);
};

function namedScheme(name: string): Scheme {
  if (/jwt|bearer|token/i.test(name)) return 'bearer';
  if (/api-?_?key/i.test(name)) return 'api-key';
  if (/basic/i.test(name)) return 'basic';
  if (/session|cookie/i.test(name)) return 'session';
  return /oauth|oidc|saml|google|facebook|github|gitlab|apple|microsoft|azure|twitter|linkedin|auth0/i.test(name) ? 'oauth' : 'unknown';
}
