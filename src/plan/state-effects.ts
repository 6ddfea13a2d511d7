import { assertNever } from '../lib/errors.ts';
import type { StateFact } from '../model/fact.ts';
import { nameOf } from '../model/ids.ts';

/** What state in memory or on the local disk means for code that should run in many short-lived processes. */
export type StateEffect =
  /** A request would miss what another process knows: the route cannot move. */
  | { readonly kind: 'blocks'; readonly needs: 'store' | 'long-running-process'; readonly text: string }
  /** A cache that a slice empties before each request: it works as well, some requests take longer. */
  | { readonly kind: 'empties'; readonly text: string }
  /** It works, less well: each process has its own. */
  | { readonly kind: 'degrades'; readonly text: string };

/**
 * How far through the application state is used: no request reads what other work wrote, some routes do, or most of
 * them, as with bookkeeping of the process.
 */
export type StateSpread = 'unshared' | 'some-routes' | 'most-routes';

/** Effect of one piece of state on whoever uses it. */
export function effectOf(fact: StateFact, spread: StateSpread): StateEffect {
  switch (fact.state) {
    case 'session':
      return { kind: 'blocks', needs: 'store', text: `${fact.summary}; they need a shared store first` };
    case 'socket-registry':
      return { kind: 'blocks', needs: 'long-running-process', text: `open connections live in one process: ${fact.summary}` };
    case 'local-file':
      return { kind: 'blocks', needs: 'store', text: `${fact.summary}; they need a bucket first` };
    case 'module-variable':
    case 'static-field':
    case 'cache':
      return effectOfMemory(fact, spread);
    case 'rate-limiter':
      return { kind: 'degrades', text: `each process counts on its own, so the limit is looser: ${fact.summary}` };
    case 'timer':
      return { kind: 'degrades', text: `no timer fires between requests: ${fact.summary}` };
    case 'event-bus':
      return { kind: 'degrades', text: 'events reach only listeners in the same process' };
    default:
      return assertNever(fact.state);
  }
}

function effectOfMemory(fact: StateFact, spread: StateSpread): StateEffect {
  if (fact.readThrough !== undefined)
    return {
      kind: 'empties',
      text: `cache ${nameOf(fact.symbol)} is emptied before each request in the slice; what it saved is read again each time`,
    };
  const isBookkeeping = fact.form === 'counter' && spread === 'most-routes';
  if (spread === 'unshared' || isBookkeeping || fact.form === 'made-once' || fact.form === 'weak')
    return { kind: 'degrades', text: `each process has its own copy: ${fact.summary}` };
  return { kind: 'blocks', needs: 'store', text: `data is kept in memory between requests: ${fact.summary}; it needs a store first` };
}
