import type { SymbolId } from '../../../src/model/ids.ts';
import { valueAt } from '../flow/code-value.ts';
import { classHeld, type Held, instanceOf, type LibraryHeld, libraryHeld } from '../mappers/held-value.ts';
import type { HeldCall, Vocabulary } from '../mappers/vocabulary.ts';
import type { ModelIndex } from './models.ts';
import { isObjectionPackage } from './packages.ts';
import { relationsNamed } from './related.ts';

/**
 * What Objection's models give. A `Builder` is also what it resolves to: `await Book.query()` holds books, and calls with
 * `$` are made on them.
 */
export function objectionVocabulary(models: ModelIndex): Vocabulary {
  const isModel = (symbol: SymbolId): boolean => models.of(symbol) !== undefined;
  return {
    owns: isObjectionPackage,
    typed: typedHeld,
    member: (held, name) => memberOf(models, held, name),
    called: (held, call) => calledHeld(models, held, call),
    function: () => [],
    passed: (held, call, { parameter }) => {
      // `transaction(Book, async (Bound) => …)` hands the models on.
      if (/^(?:default\.)?transaction$/.test(held.type)) return call.argument(parameter).filter(({ kind }) => kind === 'class');
      return held.type === 'Builder' ? passedBy(held, call.method, parameter) : [];
    },
    ofClass: (one) => (isModel(one.symbol) ? libraryHeld('Model', [instanceOf(one)]) : undefined),
    ofInstance: (one) => (isModel(one.symbol) ? libraryHeld('Record', [one]) : undefined),
    injected: () => [],
    isModel: () => false,
    named: (name, collection) => {
      const model = collection === undefined || /models?$/i.test(collection) ? models.named(name) : undefined;
      return model === undefined ? undefined : classHeld(model.symbol);
    },
    thisIn: () => [],
  };
}

const builders = /^(?:(?:Single|MaybeSingle|Array|Number|Page)?QueryBuilder(?:Type)?|Page)$/;

function typedHeld(name: string, [first = []]: readonly (readonly Held[])[]): readonly Held[] {
  if (builders.test(name))
    return [
      libraryHeld(
        'Builder',
        first.flatMap((one) => (one.kind === 'library' ? one.of : [one])),
      ),
    ];
  if (/^(?:ModelClass|ModelConstructor|Constructor)$/.test(name))
    return first.map((one) => (one.kind === 'instance' ? { ...one, kind: 'class' as const } : one));
  return /^(?:Partial)?Model(?:Object|Graph)$/.test(name) ? first : [];
}

function memberOf(models: ModelIndex, held: LibraryHeld, name: string): readonly Held[] {
  if (held.type === 'Model') return [];
  if (name === '[]' || name === '...' || name === 'results' || /^\d+$/.test(name)) return [held];
  return instancesOf(models, held, name);
}

/** What a relation leads to: `book.author`. */
const instancesOf = (models: ModelIndex, held: LibraryHeld, name: string): readonly Held[] =>
  relationsNamed(models, held.of, name).flatMap(({ relation }) => {
    const target = relation.target();
    return target === undefined ? [] : [instanceOf(classHeld(target.symbol))];
  });

const builderOf = (of: readonly Held[], { site }: HeldCall): LibraryHeld => ({
  ...libraryHeld('Builder', of),
  made: valueAt(site, { kind: 'call', call: site.index, span: site.call.span }),
});

function calledHeld(models: ModelIndex, held: LibraryHeld, call: HeldCall): readonly Held[] {
  switch (call.method) {
    case 'query':
    case '$query':
    case 'knexQuery':
    case 'fetchGraph':
    case '$fetchGraph':
      return [builderOf(held.of, call)];
    case 'relatedQuery':
    case '$relatedQuery':
      return [builderOf(relatedTo(models, held, call), call)];
    case 'knex':
    case 'transaction':
    case 'startTransaction':
      return [];
    default:
      return held.type === 'Model' ? givenByClass(held, call.method) : [held];
  }
}

function relatedTo(models: ModelIndex, held: LibraryHeld, call: HeldCall): readonly Held[] {
  return call.argument(0).flatMap((one): readonly Held[] => {
    if (one.kind === 'open') return [one];
    const expression = one.kind === 'literal' ? one.value.expression : undefined;
    return expression?.kind === 'literal' && typeof expression.value === 'string' ? instancesOf(models, held, expression.value) : [];
  });
}

function givenByClass(held: LibraryHeld, method: string): readonly Held[] {
  if (method === 'bindKnex' || method === 'bindTransaction')
    return held.of.map((one) => (one.kind === 'instance' ? { ...one, kind: 'class' as const } : one));
  return method === 'fromJson' || method === 'fromDatabaseJson' || method === 'ensureModel' ? held.of : [];
}

const iterating: ReadonlySet<string> = new Set(['map', 'forEach', 'filter', 'find', 'flatMap', 'some', 'every', 'then', 'tap', 'runAfter']);

/** Rows to functions that go over them, the builder to those that go on with it. */
function passedBy(held: LibraryHeld, method: string, parameter: number): readonly Held[] {
  if (method === 'reduce') return parameter === 1 ? held.of : [];
  if (method === 'modifyGraph' || parameter !== 0) return [];
  return iterating.has(method) ? held.of : [held];
}
