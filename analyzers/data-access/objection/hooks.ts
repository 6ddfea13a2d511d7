import type { FactOf } from '../../../src/model/fact.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type Declared, declared } from '../flow/code-value.ts';
import { methodHook } from '../mappers/data-hooks.ts';
import { type ModelsRead, nameOf } from './models.ts';

const ofRows = /^\$(?:before|after)(?:Insert|Update|Delete|Find|Validate)$/;
const ofQueries = /^(?:before|after)(?:Insert|Update|Delete|Find)$/;

/** Methods that Objection calls when data changes, also those of a class that models extend: `async $beforeInsert() { … }`, `static afterDelete({ … }) { … }`. */
export function* objectionHooks(program: ProgramQueries, { models, bases }: ModelsRead): Iterable<FactOf<'trigger'>> {
  const classes: readonly Declared[] = [...models.map(({ found }) => found), ...bases];
  for (const one of classes)
    for (const child of program.childrenOf(one.symbol)) {
      const method = declared(program, child);
      const binding = method?.declaration.binding ?? '';
      if (method?.declaration.kind !== 'method' || !(method.declaration.isStatic === true ? ofQueries : ofRows).test(binding)) continue;
      yield methodHook(program, method, { library: 'objection', detail: `${nameOf(one)}.${binding}` });
    }
}
