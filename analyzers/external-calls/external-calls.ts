import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { type OutsideCall, outsideCalls } from '../../src/analyze/outside-calls.ts';
import type { ExternalCallFact } from '../../src/model/fact.ts';
import type { ProgramQueries } from '../../src/model/program.ts';
import { hostOf, hostOfClient } from './host-of.ts';
import { isProvider, providerOf } from './providers.ts';

/** Finds code that asks other systems: over HTTP, or through the library of a provider. */
export const externalCalls = defineAnalyzer({
  name: 'external-calls',
  produces: ['external-call'],

  *analyze({ program }) {
    const told = new Set<string>();
    for (const call of outsideCalls(program, { isPackage: (name) => httpClients.has(name) || isProvider(name), globals: GLOBALS })) {
      const fact = toFact(program, call);
      const key = fact === undefined ? undefined : `${fact.symbol}\n${fact.library}\n${fact.to}`;
      if (fact === undefined || key === undefined || told.has(key)) continue;
      told.add(key);
      yield fact;
    }
  },
});

const GLOBALS: ReadonlySet<string> = new Set(['fetch']);

/** Clients of HTTP; of an instance the address may stand where it was made. */
const httpClients: ReadonlySet<string> = new Set([
  ...[
    'axios',
    'got',
    'node-fetch',
    'cross-fetch',
    'isomorphic-fetch',
    'isomorphic-unfetch',
    'undici',
    'superagent',
    'ky',
    'needle',
    'request',
  ],
  ...[
    'request-promise',
    'request-promise-native',
    'phin',
    'bent',
    'ofetch',
    'wretch',
    'http',
    'https',
    '@nestjs/axios',
    'centra',
    'typed-rest-client',
  ],
]);

/** What asks; what makes or sets up a client asks nothing. */
const ASKS =
  /^(?:default|get|post|put|patch|delete|del|head|options|request|fetch|stream|pipeline|send|json|axiosRef|got|ky|axios|needle|superagent|\$fetch|ofetch|instance)$/;

function toFact(program: ProgramQueries, { module, call, package: name, path }: OutsideCall): ExternalCallFact | undefined {
  const common = {
    kind: 'external-call',
    symbol: program.symbolAt(module.id, call.owner),
    at: program.location(module.id, call.span.start),
  } as const;
  const provider = providerOf(name, path);
  if (provider !== undefined) return call.kind === 'new' || path.length === 0 ? undefined : { ...common, library: name, to: provider };
  if (call.kind !== 'call' || isProvider(name) || !asks(name, path)) return undefined;
  const place = { module, owner: call.owner };
  const client = call.callee.kind === 'member' ? call.callee.object : undefined;
  const to = hostOf(program, { ...place, expression: call.arguments[0] }) ?? hostOfClient(program, { ...place, expression: client });
  return { ...common, library: name === 'globals' ? 'fetch' : name, ...(to === undefined ? {} : { to }) };
}

function asks(name: string, path: readonly string[]): boolean {
  const last = path.at(-1) ?? 'default';
  if (name === 'globals') return path.length === 1;
  if (name === 'http' || name === 'https') return last === 'request' || last === 'get';
  return ASKS.test(last) || last === '()' || last === name;
}
