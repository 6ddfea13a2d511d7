import type { BootTrace } from '../../../src/model/boot-trace.ts';
import type { RouteAuthentication } from '../../../src/model/fact.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { Link } from './chain-link.ts';
import { createOwnAuthentications } from './own-authentication.ts';
import { packageScheme, strategySchemes } from './package-authentication.ts';

/** Recognises how requests for a path say who asks, from what runs before the handler. */
export interface Authentications {
  readonly schemeOf: (link: Link, path: string) => RouteAuthentication['scheme'] | undefined;
  readonly of: (before: readonly Link[], path: string) => RouteAuthentication | undefined;
  /** What the handler asks for itself. */
  readonly ofHandler: (handler: Link) => RouteAuthentication | undefined;
}

export function createAuthentications(program: ProgramQueries, trace: BootTrace): Authentications {
  const own = createOwnAuthentications(program);
  const strategies = strategySchemes(trace);
  const schemeOf: Authentications['schemeOf'] = ({ role, value, symbol, scope, guards = [] }, path) => {
    if (role === 'error-handler' || role === 'body-parser' || guards.length > 0) return undefined;
    if (value?.kind === 'external') return packageScheme(value, path, strategies);
    const found = symbol === undefined ? undefined : own.ofMiddleware(symbol);
    return found === undefined || (found.choosesByPath && scope !== 'route') ? undefined : found.scheme;
  };
  return {
    schemeOf,
    ofHandler: (handler) => {
      const scheme = handler.symbol === undefined ? undefined : own.requiredBy(handler.symbol);
      return scheme === undefined ? undefined : { scheme, by: 'the handler', at: handler.at };
    },
    of: (before, path) => {
      const found = before.flatMap((link) => {
        const scheme = schemeOf(link, path);
        return scheme === undefined ? [] : [{ scheme, by: shown(link), at: link.at }];
      });
      return found.findLast(({ scheme }) => scheme !== 'unknown') ?? found.at(-1);
    },
  };
}

/** A function that a factory made is named by the factory: `allow()`. */
const shown = ({ name }: Link): string => name.replace(/(?<=.)\.<function [^>]*>$/, '()');
