import { assertNever } from '../lib/errors.ts';
import type { StateFact } from '../model/fact.ts';

/** What state in memory or on the local disk means for code that should run in many short-lived processes. */
export type StateEffect =
  /** A request would miss what another process knows: the route cannot move. */
  | { readonly kind: 'blocks'; readonly needs: 'store' | 'long-running-process'; readonly text: string }
  /** It works, less well: each process has its own. */
  | { readonly kind: 'degrades'; readonly text: string };

/** How far through the application state is used: by some routes, or around most of them as bookkeeping of the process. */
export type StateSpread = 'some-routes' | 'most-routes';

/** Effect of one piece of state on whoever uses it. */
export function effectOf(fact: StateFact, spread: StateSpread): StateEffect {
  switch (fact.state) {
    case 'session':
      return {
        kind: 'blocks',
        needs: 'store',
        text: `sessions live in the memory of one process (${fact.summary}); put them into a shared store first`,
      };
    case 'socket-registry':
      return { kind: 'blocks', needs: 'long-running-process', text: `open connections are kept in one process (${fact.summary})` };
    case 'local-file':
      return { kind: 'blocks', needs: 'store', text: `files are kept on the local disk (${fact.summary}); put them into a bucket first` };
    case 'module-variable':
    case 'static-field':
      return isStore(fact) && spread === 'some-routes'
        ? {
            kind: 'blocks',
            needs: 'store',
            text: `data that later requests read is kept in memory (${fact.summary}); put it into a store first`,
          }
        : { kind: 'degrades', text: `each process has its own copy of a module variable (${fact.summary})` };
    case 'cache':
      return { kind: 'degrades', text: `each process fills its own cache and may serve it stale (${fact.summary})` };
    case 'rate-limiter':
      return { kind: 'degrades', text: `each process counts on its own, so the limit is looser (${fact.summary})` };
    case 'timer':
      return { kind: 'degrades', text: `a timer does not run between requests (${fact.summary})` };
    case 'event-bus':
      return { kind: 'degrades', text: `events reach only listeners in the same process (${fact.summary})` };
    default:
      return assertNever(fact.state);
  }
}

/** Set in one function it is a lazily made value; changed by several it is data. */
const isStore = ({ writers }: StateFact): boolean => writers.length > 1;
