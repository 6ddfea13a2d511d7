import type { FactOf } from '../../../src/model/fact.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { declared } from '../flow/code-value.ts';
import { methodHook } from '../mappers/data-hooks.ts';
import type { Model } from './models.ts';

const ofRows = /^\$(?:before|after)(?:Insert|Update|Delete|Find|Validate)$/;
const ofQueries = /^(?:before|after)(?:Insert|Update|Delete|Find)$/;

/** Methods that Objection calls when data changes: `async $beforeInsert() { … }`, `static afterDelete({ … }) { … }`. */
export function* objectionHooks(program: ProgramQueries, models: readonly Model[]): Iterable<FactOf<'trigger'>> {
  for (const { symbol, name } of models)
    for (const child of program.childrenOf(symbol)) {
      const method = declared(program, child);
      const binding = method?.declaration.binding ?? '';
      if (method?.declaration.kind !== 'method' || !(method.declaration.isStatic === true ? ofQueries : ofRows).test(binding)) continue;
      yield methodHook(program, method, { library: 'objection', detail: `${name}.${binding}` });
    }
}
