import type { FactOf } from '../../../src/model/fact.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type Declared, declared } from '../flow/code-value.ts';
import { methodHook } from '../mappers/data-hooks.ts';
import { type DecoratorsOf, withName } from '../mappers/decorators.ts';
import { classChain, namedClass } from '../mappers/named-classes.ts';

const listening = [
  ...['BeforeInsert', 'AfterInsert', 'BeforeUpdate', 'AfterUpdate', 'BeforeRemove', 'AfterRemove', 'AfterLoad', 'BeforeSoftRemove'],
  ...['AfterSoftRemove', 'BeforeRecover', 'AfterRecover'],
];
const subscribing: ReadonlySet<string> = new Set([
  ...listening.map((name) => name.slice(0, 1).toLowerCase() + name.slice(1)),
  ...['beforeTransactionStart', 'afterTransactionStart', 'beforeTransactionCommit', 'afterTransactionCommit'],
  ...['beforeTransactionRollback', 'afterTransactionRollback', 'beforeQuery', 'afterQuery'],
]);

/** Methods that TypeORM runs when data changes: listeners of entities, and subscribers. */
export function* typeormHooks(
  program: ProgramQueries,
  decoratorsOf: DecoratorsOf,
  classes: readonly Declared[],
): Iterable<FactOf<'trigger'>> {
  for (const found of classes) {
    const isSubscriber = withName(decoratorsOf(found), 'EventSubscriber') !== undefined;
    const name = isSubscriber ? listenedTo(program, found) : (found.declaration.binding ?? found.declaration.name);
    for (const method of methodsOf(program, found, isSubscriber)) {
      const mark = withName(decoratorsOf(method), ...listening);
      const hook = isSubscriber ? method.declaration.binding : [...(mark?.names ?? [])].find((one) => listening.includes(one));
      if (hook === undefined || (isSubscriber && !subscribing.has(hook))) continue;
      yield methodHook(program, method, { library: 'typeorm', detail: `${name}.${hook}` });
    }
  }
}

/** Listeners that a class inherits are told where they are written. */
const methodsOf = (program: ProgramQueries, found: Declared, isSubscriber: boolean): readonly Declared[] =>
  (isSubscriber ? classChain(program, found) : [found]).flatMap(({ symbol }) =>
    program.childrenOf(symbol).flatMap((child) => {
      const method = declared(program, child);
      return method?.declaration.kind === 'method' ? [method] : [];
    }),
  );

/** `listenTo() { return Book; }`; every entity without it. */
function listenedTo(program: ProgramQueries, found: Declared): string {
  const method = methodsOf(program, found, false).find(({ declaration }) => declaration.binding === 'listenTo');
  const [returned] = method?.declaration.returns?.values ?? [];
  if (method === undefined || returned === undefined) return '*';
  const named = namedClass(program, { module: method.module, owner: method.index, expression: returned });
  return named?.split('#').at(-1) ?? '*';
}
