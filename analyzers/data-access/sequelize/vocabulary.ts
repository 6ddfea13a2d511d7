import type { SymbolId } from '../../../src/model/ids.ts';
import { classHeld, type Held, instanceOf, type LibraryHeld, libraryHeld } from '../mappers/held-value.ts';
import type { HeldCall, Vocabulary } from '../mappers/vocabulary.ts';
import { mixinOf } from './mixins.ts';
import type { Model } from './models.ts';
import { isSequelizePackage } from './packages.ts';

export interface ModelIndex {
  readonly all: readonly Model[];
  of(symbol: SymbolId): Model | undefined;
  /** By a name that only one model has. */
  named(name: string): Model | undefined;
}

export function indexModels(all: readonly Model[]): ModelIndex {
  const bySymbol = new Map(all.map((model) => [model.symbol, model]));
  const byName = new Map<string, Model | undefined>();
  for (const model of all)
    for (const name of model.names) byName.set(name, byName.has(name) && byName.get(name) !== model ? undefined : model);
  const byOwnName = new Map(all.map((model) => [model.name, model]));
  return { all, of: (symbol) => bySymbol.get(symbol), named: (name) => byOwnName.get(name) ?? byName.get(name) };
}

/** What Sequelize's models give. */
export function sequelizeVocabulary(models: ModelIndex): Vocabulary {
  const bySite = new Map(
    models.all.flatMap((model) => (model.site === undefined ? [] : [[`${model.site.module.id} ${model.site.index}`, model] as const])),
  );
  const held = (model: Model): Held => classHeld(model.symbol);
  return {
    owns: isSequelizePackage,
    typed: typedHeld,
    member: (of, name) => (of.type === 'Record' ? associated(models, of, name) : []),
    called: (of, call) => calledHeld(models, of, call),
    function: (path) => (path.at(-1) === 'Sequelize' ? [libraryHeld('Sequelize')] : []),
    passed: () => [],
    ofClass: (one) => (models.of(one.symbol) === undefined ? undefined : libraryHeld('Model', [instanceOf(one)])),
    ofInstance: (one) => (models.of(one.symbol) === undefined ? undefined : libraryHeld('Record', [one])),
    injected: () => [],
    isModel: (symbol) => models.of(symbol) !== undefined,
    named: (name, collection) => {
      const isPlain = collection !== undefined && collections.has(collection);
      const model = isPlain || /^[A-Z]/.test(name) ? models.named(name) : undefined;
      return model === undefined ? undefined : held(model);
    },
    made: (site) => {
      const model = bySite.get(`${site.module.id} ${site.index}`);
      return model === undefined || site.call.callee.kind !== 'member' || site.call.callee.property !== 'define' ? undefined : held(model);
    },
    thisIn: () => [],
  };
}

/** `book.author`, loaded with the book. */
const associated = (models: ModelIndex, of: LibraryHeld, name: string): readonly Held[] =>
  of.of.flatMap((one): readonly Held[] => {
    const relation = one.kind === 'instance' ? models.of(one.symbol)?.relations.get(name) : undefined;
    const target = relation?.target();
    return target === undefined ? [] : [instanceOf(classHeld(target.symbol))];
  });

/** What programs call the object that holds all models. */
const collections: ReadonlySet<string> = new Set(['models', 'db', 'database', 'sequelize', 'Models', 'orm', 'model', 'DB', 'connection']);

function typedHeld(name: string, given: readonly (readonly Held[])[]): readonly Held[] {
  const [first = []] = given;
  if (name === 'Sequelize') return [libraryHeld('Sequelize')];
  if (/^(?:ModelStatic|ModelCtor|ModelType|ModelDefined|ModelClass)$/.test(name))
    return first.map((one) => (one.kind === 'instance' ? { ...one, kind: 'class' as const } : one));
  return name === 'Repository' ? [libraryHeld('Model', first)] : [];
}

const giving = /^(?:find|create$|build$|bulkCreate|bulkBuild|upsert)/;

function calledHeld(models: ModelIndex, held: LibraryHeld, call: HeldCall): readonly Held[] {
  const { method } = call;
  if (held.type === 'Sequelize') {
    if (method === 'getRepository' || method === 'model') return call.argument(0);
    return [];
  }
  if (held.type === 'Record') {
    const targets = held.of.flatMap((one) =>
      one.kind === 'instance' ? (mixinOf(models.of(one.symbol), method)?.relation.target() ?? []) : [],
    );
    return targets.length > 0 ? targets.map((target) => instanceOf(classHeld(target.symbol))) : held.of;
  }
  if (/^(?:scope|unscoped|schema|withScope|withSchema|withoutScope|init)$/.test(method))
    return held.of.map((one) => (one.kind === 'instance' ? { ...one, kind: 'class' as const } : one));
  return giving.test(method) ? held.of : [];
}
