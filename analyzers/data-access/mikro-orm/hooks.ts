import type { FactOf } from '../../../src/model/fact.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type Declared, declared } from '../flow/code-value.ts';
import { methodHook } from '../mappers/data-hooks.ts';
import { type DecoratorsOf, withName } from '../mappers/decorators.ts';

const events = ['Create', 'Update', 'Upsert', 'Delete'].flatMap((name) => [`Before${name}`, `After${name}`]).concat('OnInit', 'OnLoad');
const subscribed: ReadonlySet<string> = new Set([
  ...events.map((name) => name.slice(0, 1).toLowerCase() + name.slice(1)),
  ...['beforeFlush', 'onFlush', 'afterFlush', 'beforeTransactionCommit', 'afterTransactionCommit'],
]);

/** Methods that MikroORM runs when data changes: hooks of entities, and subscribers. */
export function* mikroOrmHooks(
  program: ProgramQueries,
  decoratorsOf: DecoratorsOf,
  classes: readonly Declared[],
): Iterable<FactOf<'trigger'>> {
  for (const found of classes) {
    const isSubscriber = withName(decoratorsOf(found), 'Subscriber') !== undefined || implementsSubscriber(found);
    const name = isSubscriber ? '*' : (found.declaration.binding ?? found.declaration.name);
    for (const child of program.childrenOf(found.symbol)) {
      const method = declared(program, child);
      if (method?.declaration.kind !== 'method') continue;
      const mark = withName(decoratorsOf(method), ...events);
      const hook = isSubscriber ? method.declaration.binding : [...(mark?.names ?? [])].find((one) => events.includes(one));
      if (hook === undefined || (isSubscriber && !subscribed.has(hook))) continue;
      yield methodHook(program, method, { library: 'mikro-orm', detail: `${name}.${hook}` });
    }
  }
}

const implementsSubscriber = ({ declaration }: Declared): boolean =>
  (declaration.implements ?? []).some((type) => type.kind === 'reference' && type.name.at(-1) === 'EventSubscriber');
