import type { ProgramQueries } from '../../../src/model/program.ts';
import { declared, valueAt } from '../flow/code-value.ts';
import { type DecoratorsOf, withName } from '../mappers/decorators.ts';
import type { Entities } from '../mappers/entity.ts';
import { type Held, instanceOf, type LibraryHeld, libraryHeld } from '../mappers/held-value.ts';
import type { HeldCall, Vocabulary } from '../mappers/vocabulary.ts';
import { isMikroOrmPackage } from './packages.ts';

/** What MikroORM's types and calls give. */
export function mikroOrmVocabulary(program: ProgramQueries, entities: Entities, decoratorsOf: DecoratorsOf): Vocabulary {
  return {
    owns: isMikroOrmPackage,
    typed: typedHeld,
    member: memberHeld,
    called: calledHeld,
    function: functionHeld,
    passed: (held, call) => (callbacks.has(call.method) && held.type !== 'Record' ? [libraryHeld('EntityManager')] : []),
    ofClass: () => undefined,
    ofInstance: (held) => (entities.of(held.symbol) === undefined ? undefined : libraryHeld('Record', [held])),
    injected: (found, evaluate) => {
      const decorators = decoratorsOf(found);
      const repository = withName(decorators, 'InjectRepository');
      if (repository?.site !== undefined) return [libraryHeld('Repository', evaluate(repository.site, 0).flatMap(asInstance))];
      return withName(decorators, 'InjectEntityManager') === undefined ? [] : [libraryHeld('EntityManager')];
    },
    isModel: (symbol) => entities.of(symbol)?.symbol === symbol && declared(program, symbol)?.declaration.kind === 'variable',
    thisIn: () => [],
  };
}

const callbacks: ReadonlySet<string> = new Set(['transactional']);
const managers = /^(?:\w*EntityManager|EntityManagerType)$/;
const repositories = /^\w*EntityRepository$/;

const asInstance = (held: Held): readonly Held[] =>
  held.kind === 'class' ? [instanceOf(held)] : held.kind === 'open' || held.kind === 'instance' ? [held] : [];

function typedHeld(name: string, given: readonly (readonly Held[])[]): readonly Held[] {
  const [first = []] = given;
  if (managers.test(name)) return [libraryHeld('EntityManager')];
  if (repositories.test(name)) return [libraryHeld('Repository', first)];
  if (name === 'MikroORM') return [libraryHeld('MikroORM')];
  if (/QueryBuilder$/.test(name)) return [libraryHeld('Builder', first)];
  if (name === 'Collection' || name === 'LoadedCollection') return [libraryHeld('Collection', first)];
  if (/^(?:Ref|Reference|IdentifiedReference|Loaded|LoadedReference|Rel|EntityDTO|InferEntity)$/.test(name)) return first;
  if (/^(?:EntityName|EntityClass|EntityClassGroup|EntitySchema)$/.test(name))
    return first.map((held) => (held.kind === 'instance' ? { ...held, kind: 'class' as const } : held));
  return [];
}

function memberHeld(held: LibraryHeld, name: string): readonly Held[] {
  if (name === 'em' || name === '_em' || name === 'entityManager') return [libraryHeld('EntityManager')];
  if (held.type === 'Collection' && (name === '$' || name === 'property')) return [held];
  return [];
}

function calledHeld(held: LibraryHeld, call: HeldCall): readonly Held[] {
  const { method } = call;
  if (method === 'getEntityManager') return [libraryHeld('EntityManager')];
  switch (held.type) {
    case 'EntityManager':
    case 'MikroORM':
      return managerResult(call);
    case 'Repository':
      if (builds.has(method)) return [builderFrom(held.of, call)];
      return /^(?:find|create|getReference|upsert|assign|merge|map)/.test(method) ? held.of : [];
    case 'Builder':
      return /^(?:getResult|getSingleResult|execute)/.test(method) ? held.of : [held];
    case 'Collection':
      return held.of;
    case 'Record':
      return method === 'load' || method === 'init' || method === 'assign' || method === 'toReference' || method === 'unwrap'
        ? held.of
        : [];
    default:
      return [];
  }
}

const builds: ReadonlySet<string> = new Set(['createQueryBuilder', 'qb', 'getKnexQuery']);

function managerResult(call: HeldCall): readonly Held[] {
  const { method } = call;
  const target = (): readonly Held[] => call.argument(0).flatMap(asInstance);
  if (method === 'fork' || method === 'getContext' || method === 'init' || method === 'initSync') return [libraryHeld('EntityManager')];
  if (method === 'getRepository') return [libraryHeld('Repository', target())];
  if (builds.has(method)) return [builderFrom(target(), call)];
  if (/^(?:find|create$|getReference|upsert|assign|merge|map|refresh)/.test(method)) return target();
  return [];
}

const builderFrom = (of: readonly Held[], { site }: HeldCall): LibraryHeld => ({
  ...libraryHeld('Builder', of),
  made: valueAt(site, { kind: 'call', call: site.index, span: site.call.span }),
});

function functionHeld(path: readonly string[], call: HeldCall): readonly Held[] {
  const name = path.at(-1) ?? '';
  if (name === 'wrap' || name === 'ref') return call.argument(0);
  if (path.includes('MikroORM')) return [libraryHeld('MikroORM')];
  return path[0] === 'new' ? typedHeld(name, [call.typeArgument(0)]) : [];
}
