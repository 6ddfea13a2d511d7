import { doersOf } from '../../../src/analyze/doers.ts';
import { once, remember } from '../../../src/lib/remember.ts';
import type { ChainLink, RouteFact } from '../../../src/model/fact.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { functionCode } from '../routing/function-code.ts';
import { librarySignatures, signatureCheck } from './library-signatures.ts';
import { createOwnSignatures } from './own-signatures.ts';
import type { SignatureCheck } from './signature-check.ts';

/** Recognises routes whose handler, or what runs before it for every request, checks a signature of the request. */
export function createSignedRequests(program: ProgramQueries): (route: RouteFact) => RouteFact {
  const byLibraries = once(() => doersOf(program, librarySignatures(program)));
  const own = once(() => createOwnSignatures(program));
  const checkOf = remember((symbol: SymbolId) => byLibraries().get(symbol) ?? own()(symbol));
  return (route) => {
    const [check] = route.chain.flatMap((link): readonly SignatureCheck[] => {
      if (!isAlwaysRun(program, link)) return [];
      const found = link.symbol === undefined ? packageCheck(link) : checkOf(link.symbol);
      return found === undefined ? [] : [{ at: link.at, ...found }];
    });
    return check === undefined ? route : signed(route, check);
  };
}

function signed(route: RouteFact, { by, provider, at }: SignatureCheck): RouteFact {
  const { authentication } = route;
  const isTold = authentication !== undefined && authentication.scheme !== 'unknown';
  return {
    ...route,
    ...(isTold ? {} : { authentication: { scheme: 'signature' as const, by, at } }),
    ...(provider === undefined ? {} : { webhook: { provider, by, at } }),
  };
}

/** What runs for all of an application may choose by the path which requests it asks. */
function isAlwaysRun(program: ProgramQueries, { role, guards = [], scope, symbol }: ChainLink): boolean {
  if (role === 'error-handler' || guards.length > 0) return false;
  if (scope !== 'application' || symbol === undefined) return true;
  const members = functionCode(program, symbol)?.members;
  return !['path', 'originalUrl', 'url', 'baseUrl'].some((name) => members?.has(name));
}

/** `twilio.webhook()`. */
function packageCheck({ package: origin, name }: ChainLink): Omit<SignatureCheck, 'at'> | undefined {
  const [called = ''] = name.split('(');
  return origin === undefined ? undefined : signatureCheck(origin, called.replace(`${origin}.`, '').split('.'));
}
