import { credentialsOf, digestIn, withoutScheme } from '../../serve/credentials.ts';
import { digestOf, type Exchange } from '../../serve/exchange.ts';
import { headerValues } from '../../serve/http-headers.ts';
import { readBody } from './comparable-body.ts';
import { scalars } from './learned-ids.ts';

/** A request with its URL as all runs have it. */
export interface LabelledRequest {
  readonly exchange: Exchange;
  readonly url: string;
}

/** Whose credentials a request showed, in words that two runs share though every token is another; `` for none. */
export interface CredentialLabels {
  /** By the requests whose responses gave them out, with their bodies: who signed in. */
  readonly exact: string;
  /** The same; those that only one run knows by the order in which they appeared. */
  readonly ordinal: string;
  /** The same; those that only one run knows merely by where they were carried. */
  readonly loose: string;
}

/** The labels of each request of two runs. */
export function credentialLabels(
  left: readonly LabelledRequest[],
  right: readonly LabelledRequest[],
): readonly [left: readonly CredentialLabels[], right: readonly CredentialLabels[]] {
  const [before, after] = [findGivers(left), findGivers(right)];
  let users: Users = (user) => user;
  let traces = [trace(before, users), trace(after, users)] as const;
  // A token that was renewed is named after its first user: what is united in one round renames it in the next.
  for (let round = 0; round < ROUNDS; round += 1) {
    const [earlier, united] = [users, uniteUsers(traces.flatMap(({ sameToken }) => sameToken))];
    users = (user) => united(earlier(user));
    traces = [trace(before, users), trace(after, users)];
  }
  const [first, second] = traces.map(({ known }) => new Set([...known].map(users)));
  const isShared = (user: string): boolean => first?.has(user) === true && second?.has(user) === true;
  return [label(traces[0], users, isShared), label(traces[1], users, isShared)];
}

const ROUNDS = 2;

interface Giver {
  readonly credentials: readonly { readonly place: string; readonly digest: string }[];
  readonly name: string;
  /** Digests in its response that some request of the run shows. */
  readonly gives: readonly string[];
}

function findGivers(requests: readonly LabelledRequest[]): readonly Giver[] {
  const shown = new Set(requests.flatMap(({ exchange }) => exchange.credentials.map(digestIn)));
  return requests.map(({ exchange, url }) => ({
    credentials: exchange.credentials.map((one) => ({ place: one.slice(0, one.lastIndexOf(' ')), digest: digestIn(one) })),
    name: `${exchange.method} ${url} ${exchange.requestBody}`,
    gives: [...new Set(givenOut(exchange))].filter((digest) => shown.has(digest)),
  }));
}

/** The one name of those that turned out to be one user. */
type Users = (user: string) => string;

interface Trace {
  readonly requests: readonly (readonly { readonly place: string; readonly user: string }[])[];
  /** Everybody who was or could have been given a credential, in the order of the run. */
  readonly known: ReadonlySet<string>;
  /** In this order users had credentials first. */
  readonly order: ReadonlySet<string>;
  /** Users who had the same token. */
  readonly sameToken: readonly (readonly string[])[];
}

/** Follows tokens through a run: whoever got one from a request is named after that request and its own credentials. */
function trace(givers: readonly Giver[], users: Users): Trace {
  const owners = new Map<string, string[]>();
  const known = new Set<string>();
  const order = new Set<string>();
  const appear = (user: string): void => {
    known.add(user);
    order.add(user);
  };
  const requests = givers.map(({ credentials, name, gives }) => {
    const own = credentials.map(({ place, digest }) => ({ place, user: users(owners.get(digest)?.[0] ?? digest) }));
    for (const { user } of own) appear(user);
    const user = users(digestOf([name, ...own.map((one) => one.user)].join('\n')));
    known.add(user);
    for (const digest of gives) {
      owners.set(digest, [...(owners.get(digest) ?? []), user]);
      appear(user);
    }
    return own;
  });
  return { requests, known, order, sameToken: [...owners.values()] };
}

/**
 * Requests that gave out the same token gave it to the same user: registering and signing in within a second may give
 * one token in one run and two in the other.
 */
function uniteUsers(groups: readonly (readonly string[])[]): Users {
  const unions = new Map<string, string>();
  const find = (user: string): string => {
    const parent = unions.get(user);
    return parent === undefined ? user : find(parent);
  };
  for (const [first, ...others] of groups) {
    for (const other of others) {
      const [one, two] = [find(first ?? other), find(other)].sort();
      if (one !== undefined && two !== undefined && one !== two) unions.set(two, one);
    }
  }
  return find;
}

function label({ requests, order }: Trace, users: Users, isShared: (user: string) => boolean): readonly CredentialLabels[] {
  // Only those that the other run does not know are told by their order.
  const strangers = new Map([...order].filter((user) => !isShared(users(user))).map((user, index) => [user, index + 1]));
  return requests.map((own) => ({
    exact: own.map(({ place, user }) => `${place} ${users(user)}`).join(),
    ordinal: own.map(({ place, user }) => `${place} ${strangers.get(user) ?? users(user)}`).join(),
    loose: own.map(({ place, user }) => (strangers.has(user) ? place : `${place} ${users(user)}`)).join(),
  }));
}

/** Digests of everything in a response that a later request could show: values of its body, cookies, headers. */
function* givenOut(exchange: Exchange): Generator<string> {
  for (const value of values(exchange)) if (isToken(value)) yield digestOf(withoutScheme(value));
  const headers = Object.fromEntries(exchange.headers.map(([name, value]) => [name.toLowerCase(), value]));
  yield* credentialsOf(headers).map(digestIn);
}

function* values({ headers, body: bytes }: Exchange): Generator<string> {
  const body = readBody({ headers, body: bytes });
  if (body.kind === 'json') yield* scalars(body.value);
  else if (body.kind === 'text') yield body.text.trim();
  for (const line of headerValues(headers, 'set-cookie')) {
    const [pair = ''] = line.split(';');
    yield pair.slice(pair.indexOf('=') + 1).trim();
  }
}

/** Shorter ones are in many responses by chance, and longer ones in no header. */
const isToken = ({ length }: string): boolean => length >= 8 && length <= 8_192;
