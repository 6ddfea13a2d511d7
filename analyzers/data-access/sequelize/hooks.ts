import type { FactOf } from '../../../src/model/fact.ts';
import { argumentOf, type CallSite, type CodeValue, callSites, declared, valueAt } from '../flow/code-value.ts';
import { followValue, propertyOf } from '../flow/follow-value.ts';
import { functionNamed, hookFact, methodHook } from '../mappers/data-hooks.ts';
import { type DecoratorsOf, withName } from '../mappers/decorators.ts';
import type { HeldValues } from '../mappers/held-values.ts';
import { ownSituation } from '../mappers/lift.ts';
import { constantOf } from '../mappers/named-classes.ts';
import type { Model } from './models.ts';
import type { ModelIndex } from './vocabulary.ts';

const hookName = /^(?:before|after)(?:Validate|Create|Update|Save|Destroy|Restore|Upsert|Bulk\w+|Find\w*|Count|Define|Sync)$/;

/** Functions that Sequelize runs when data changes. */
export function* sequelizeHooks(values: HeldValues, models: ModelIndex, decoratorsOf: DecoratorsOf): Iterable<FactOf<'trigger'>> {
  for (const site of callSites(values.program)) yield* addedHook(values, models, site);
  for (const model of models.all) {
    yield* optionHooks(values, model);
    yield* decoratedHooks(values, decoratorsOf, model);
  }
}

/** `Book.addHook('afterCreate', …)`, `Book.beforeCreate(…)`. */
function* addedHook(values: HeldValues, models: ModelIndex, site: CallSite): Iterable<FactOf<'trigger'>> {
  const { callee } = site.call;
  if (callee.kind !== 'member' || (callee.property !== 'addHook' && callee.property !== 'hook' && !hookName.test(callee.property))) return;
  const held = values.of(valueAt(site, callee.object), ownSituation(values, site).context);
  const model = held.flatMap((one) => (one.kind === 'class' ? (models.of(one.symbol) ?? []) : []))[0];
  if (model === undefined) return;
  const name = hookName.test(callee.property) ? callee.property : constantOf(values.program, argumentOf(site, 0));
  const last = argumentOf(site, site.call.arguments.length - 1);
  const handler = last === undefined ? undefined : functionNamed(values.program, last);
  if (name === undefined || handler === undefined) return;
  yield hookFact(values.program, {
    library: 'sequelize',
    detail: `${model.name}.${name}`,
    handler,
    module: site.module,
    span: site.call.span,
  });
}

/** `{ hooks: { beforeCreate: (book) => … } }` in the options of a model. */
function* optionHooks({ program }: HeldValues, { site, name }: Model): Iterable<FactOf<'trigger'>> {
  const last = site === undefined ? undefined : argumentOf(site, site.call.arguments.length - 1);
  for (const options of last === undefined ? [] : followValue(program, last)) {
    const hooks = propertyOf(program, options, 'hooks');
    if (hooks?.expression.kind !== 'object') continue;
    for (const { key, value } of hooks.expression.properties) {
      const at: CodeValue = { ...hooks, expression: value };
      const handler = functionNamed(program, at);
      if (key === undefined || handler === undefined || !hookName.test(key)) continue;
      yield hookFact(program, { library: 'sequelize', detail: `${name}.${key}`, handler, module: hooks.module, span: value.span });
    }
  }
}

/** `@BeforeCreate static hash(book) { … }`. */
function* decoratedHooks({ program }: HeldValues, decoratorsOf: DecoratorsOf, model: Model): Iterable<FactOf<'trigger'>> {
  for (const child of program.childrenOf(model.symbol)) {
    const method = declared(program, child);
    if (method?.declaration.kind !== 'method') continue;
    const mark = withName(decoratorsOf(method), ...decorators);
    const hook = [...(mark?.names ?? [])].find((one) => decorators.includes(one));
    if (hook !== undefined) yield methodHook(program, method, { library: 'sequelize', detail: `${model.name}.${hook}` });
  }
}

const decorators = [
  'Validate',
  'Create',
  'Update',
  'Save',
  'Destroy',
  'Restore',
  'Upsert',
  'BulkCreate',
  'BulkUpdate',
  'BulkDestroy',
  'Find',
].flatMap((name) => [`Before${name}`, `After${name}`]);
