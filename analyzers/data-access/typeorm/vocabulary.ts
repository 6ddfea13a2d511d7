import { ownEntry } from '../../../src/lib/own-entry.ts';
import { remember } from '../../../src/lib/remember.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { bare, type Declared, declared, valueAt } from '../flow/code-value.ts';
import { type DecoratorsOf, withName } from '../mappers/decorators.ts';
import type { Entities } from '../mappers/entity.ts';
import { type ClassHeld, type Held, instanceOf, type LibraryHeld, libraryHeld } from '../mappers/held-value.ts';
import { classChain } from '../mappers/named-classes.ts';
import type { HeldCall, Vocabulary } from '../mappers/vocabulary.ts';
import { isTypeormPackage } from './packages.ts';

/** What TypeORM's types and calls give. */
export function typeormVocabulary(program: ProgramQueries, entities: Entities, decoratorsOf: DecoratorsOf): Vocabulary {
  const isActive = remember((symbol: SymbolId) => isActiveRecord(program, symbol));
  return {
    owns: isTypeormPackage,
    typed: typedHeld,
    member: (held, name) => {
      const type = ownEntry(ownEntry(members, held.type) ?? {}, name);
      return type === undefined ? [] : memberOf(held, type);
    },
    called: (held, call) => calledHeld(entities, held, call),
    function: (path, call) => functionHeld(entities, path, call),
    passed: passedHeld,
    ofClass: (held) =>
      entities.of(held.symbol) !== undefined && isActive(held.symbol) ? libraryHeld('Repository', [instanceOf(held)]) : undefined,
    ofInstance: (held) =>
      entities.of(held.symbol) !== undefined && isActive(held.symbol)
        ? libraryHeld('Record', [held])
        : customRepository(program, decoratorsOf, held),
    injected: (found, evaluate) => injectedHeld(decoratorsOf, found, evaluate),
    resolved: (call) => (isAboutEntity(entities, call) ? managerResult(entities, call, []) : []),
    isModel: (symbol) => entities.of(symbol)?.symbol === symbol && declared(program, symbol)?.declaration.kind === 'variable',
    thisIn: (held, method) => (method === 'extend' && held.type === 'Repository' ? [held] : []),
  };
}

const entityTypes: Readonly<Record<string, string>> = {
  Repository: 'Repository',
  TreeRepository: 'Repository',
  MongoRepository: 'Repository',
  AbstractRepository: 'AbstractRepository',
  SelectQueryBuilder: 'Builder',
  InsertQueryBuilder: 'Builder',
  UpdateQueryBuilder: 'Builder',
  DeleteQueryBuilder: 'Builder',
  SoftDeleteQueryBuilder: 'Builder',
  WhereExpressionBuilder: 'Builder',
  QueryBuilder: 'Builder',
  TypeOrmCrudService: 'CrudService',
};
const plainTypes: Readonly<Record<string, string>> = {
  EntityManager: 'EntityManager',
  MongoEntityManager: 'EntityManager',
  DataSource: 'DataSource',
  Connection: 'DataSource',
  QueryRunner: 'QueryRunner',
  InsertEvent: 'Event',
  UpdateEvent: 'Event',
  RemoveEvent: 'Event',
  SoftRemoveEvent: 'Event',
  RecoverEvent: 'Event',
};
/** Types of a class, whose argument is the type of its instances. */
const targetTypes: ReadonlySet<string> = new Set(['EntityTarget', 'ObjectType', 'EntityClassOrSchema', 'EntitySchema']);

function typedHeld(name: string, given: readonly (readonly Held[])[]): readonly Held[] {
  const [first = []] = given;
  const ofEntity = ownEntry(entityTypes, name);
  if (ofEntity !== undefined) return [libraryHeld(ofEntity, first)];
  const plain = ownEntry(plainTypes, name);
  if (plain !== undefined) return [libraryHeld(plain, first)];
  if (targetTypes.has(name)) return first.map((held) => (held.kind === 'instance' ? { ...held, kind: 'class' as const } : held));
  return [];
}

/** Properties: the type of what they hold; `=` for an object of the same entity. */
const members: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DataSource: { manager: 'EntityManager', mongoManager: 'EntityManager' },
  EntityManager: { connection: 'DataSource', dataSource: 'DataSource', queryRunner: 'QueryRunner' },
  QueryRunner: { manager: 'EntityManager', connection: 'DataSource' },
  Repository: { manager: 'EntityManager', queryRunner: 'QueryRunner' },
  AbstractRepository: { manager: 'EntityManager', repository: '=Repository' },
  CrudService: { repo: '=Repository' },
  Builder: { connection: 'DataSource' },
  Event: { manager: 'EntityManager', connection: 'DataSource', queryRunner: 'QueryRunner', entity: '=', databaseEntity: '=' },
};

const memberOf = (held: LibraryHeld, type: string): readonly Held[] =>
  type === '=' ? held.of : [type.startsWith('=') ? libraryHeld(type.slice(1), held.of) : libraryHeld(type)];

const finding = /^(?:find|create$|save$|preload|merge$|remove$|softRemove$|recover$|getOne|getMany)/;

function calledHeld(entities: Entities, held: LibraryHeld, call: HeldCall): readonly Held[] {
  switch (held.type) {
    case 'Repository':
      return repositoryResult(held, call);
    case 'AbstractRepository':
      return /^(?:createQueryBuilder|getRepositoryFor|getRepository)/.test(call.method)
        ? managerResult(entities, call, held.of)
        : repositoryResult(held, call);
    case 'CrudService':
      return held.of;
    case 'DataSource':
    case 'EntityManager':
      return managerResult(entities, call, []);
    case 'QueryRunner':
      return [];
    case 'Builder':
      return builderResult(held, call);
    case 'Record':
      return held.of;
    default:
      return [];
  }
}

function repositoryResult(held: LibraryHeld, call: HeldCall): readonly Held[] {
  const { method } = call;
  if (method === 'createQueryBuilder' || /QueryBuilder$/.test(method)) return [builderFrom(held.of, call)];
  if (method === 'extend') return [held];
  if (method === 'getRepository') return [held];
  if (method === 'useDataSource' || method === 'useConnection') return [];
  return finding.test(method) ? held.of : [];
}

const builderFrom = (of: readonly Held[], { site }: HeldCall): LibraryHeld => ({
  ...libraryHeld('Builder', of),
  made: valueAt(site, { kind: 'call', call: site.index, span: site.call.span }),
});

/** Calls of a manager, a data source, and of the functions that use the default one. */
function managerResult(entities: Entities, call: HeldCall, fallback: readonly Held[]): readonly Held[] {
  const { method } = call;
  const target = (): readonly Held[] => {
    const given = call.typeArgument(0);
    const named = call
      .argument(0)
      .flatMap((held): readonly Held[] =>
        held.kind === 'class'
          ? [instanceOf(held)]
          : held.kind === 'instance' || held.kind === 'open'
            ? [held]
            : held.kind === 'literal'
              ? entityByText(entities, held)
              : [],
      );
    return named.length > 0 ? named : given.length > 0 ? given : fallback;
  };
  switch (method) {
    case 'getRepository':
    case 'getTreeRepository':
    case 'getMongoRepository':
    case 'getRepositoryFor':
      return [libraryHeld('Repository', target())];
    case 'getCustomRepository':
      return target();
    case 'withRepository':
      return call.argument(0);
    case 'createQueryBuilder': {
      const isRunner = call.argument(0).some(({ kind }) => kind === 'library');
      return [builderFrom(isRunner ? fallback : target(), call)];
    }
    case 'createQueryBuilderFor':
      return [builderFrom(target(), call)];
    case 'createQueryRunner':
      return [libraryHeld('QueryRunner')];
    case 'createEntityManager':
    case 'getManager':
    case 'getMongoManager':
      return [libraryHeld('EntityManager')];
    case 'initialize':
    case 'connect':
      return [libraryHeld('DataSource')];
    default:
      return finding.test(method) ? target() : [];
  }
}

/** `anything.getRepository(Book)`: hardly anything but a manager or a data source answers these methods for an entity. */
export const isAboutEntity = (entities: Entities, { method, argument }: Pick<HeldCall, 'method' | 'argument'>): boolean =>
  entityMethods.has(method) && argument(0).some((held) => held.kind === 'class' && entities.of(held.symbol) !== undefined);

const entityMethods: ReadonlySet<string> = new Set(['getRepository', 'getTreeRepository', 'createQueryBuilder']);

/** `getRepository('Book')`. */
export function entityByText(entities: Entities, { value: { expression }, context }: Extract<Held, { kind: 'literal' }>): readonly Held[] {
  const entity = expression.kind === 'literal' && typeof expression.value === 'string' ? entities.named(expression.value) : undefined;
  return entity === undefined ? [] : [{ kind: 'instance', symbol: entity.symbol, bound: context.bound }];
}

function builderResult(held: LibraryHeld, call: HeldCall): readonly Held[] {
  const { method } = call;
  const named = (): readonly Held[] =>
    call.argument(0).flatMap((one): readonly Held[] => (one.kind === 'class' ? [instanceOf(one)] : one.kind === 'open' ? [one] : []));
  if (/^(?:getOne|getMany|getRawAndEntities)/.test(method)) return held.of;
  if (/^(?:getRaw|getCount|getExists|execute|getSql|getQuery|stream)/.test(method)) return [];
  if (method === 'subQuery') return [builderFrom([], call)];
  if (method === 'relation') return [];
  if (/^(?:from|into|update)$/.test(method)) {
    const of = named();
    return [{ ...held, of: of.length > 0 ? of : held.of }];
  }
  return [held];
}

function functionHeld(entities: Entities, path: readonly string[], call: HeldCall): readonly Held[] {
  const name = path.at(-1) ?? '';
  if (path[0] === 'new') return typedHeld(name, [call.typeArgument(0)]);
  switch (name) {
    case 'getConnection':
    case 'createConnection':
    case 'getConnectionManager':
    case 'get':
    case 'create':
      return [libraryHeld('DataSource')];
    case 'getManager':
    case 'getMongoManager':
      return [libraryHeld('EntityManager')];
    case 'getRepository':
    case 'getTreeRepository':
    case 'getMongoRepository':
    case 'getCustomRepository':
    case 'createQueryBuilder':
      return managerResult(entities, { ...call, method: name }, []);
    default:
      return [];
  }
}

/** The manager of a transaction, and the builder that callbacks are given. */
function passedHeld(
  held: LibraryHeld,
  call: HeldCall,
  { parameter }: { readonly argument: number; readonly parameter: number },
): readonly Held[] {
  if (call.method === 'transaction' && (held.type === 'DataSource' || held.type === 'EntityManager')) return [libraryHeld('EntityManager')];
  if (held.type === 'Builder' && parameter === 0) return [{ ...held, of: isSubquery(call.method) ? [] : held.of }];
  return [];
}

const isSubquery = (method: string): boolean => /^(?:from|addFrom|addSelect|select|innerJoin|leftJoin)/.test(method);

/** `@InjectRepository(Book)`, `@InjectEntityManager()`, `@TransactionManager()`. */
function injectedHeld(decoratorsOf: DecoratorsOf, found: Declared, evaluate: Parameters<Vocabulary['injected']>[1]): readonly Held[] {
  const decorators = decoratorsOf(found);
  if (decorators.length === 0) return [];
  const repository = withName(decorators, 'InjectRepository', 'TransactionRepository');
  if (repository !== undefined) {
    if (repository.site === undefined) return [];
    const named = evaluate(repository.site, 0).flatMap((held) => (held.kind === 'class' ? [instanceOf(held)] : []));
    return named.length === 0 ? [] : [libraryHeld('Repository', named)];
  }
  if (withName(decorators, 'InjectEntityManager', 'InjectManager', 'TransactionManager') !== undefined)
    return [libraryHeld('EntityManager')];
  return withName(decorators, 'InjectDataSource', 'InjectConnection') !== undefined ? [libraryHeld('DataSource')] : [];
}

/** `@EntityRepository(Book) class BookRepository` where the base class does not say of what. */
function customRepository(program: ProgramQueries, decoratorsOf: DecoratorsOf, held: ClassHeld): LibraryHeld | undefined {
  const found = declared(program, held.symbol);
  const mark = found === undefined ? undefined : withName(decoratorsOf(found), 'EntityRepository');
  return mark === undefined ? undefined : libraryHeld('Repository');
}

function isActiveRecord(program: ProgramQueries, symbol: SymbolId): boolean {
  const found = declared(program, symbol);
  if (found === undefined) return false;
  return classChain(program, found).some(({ module, declaration }) => {
    if (declaration.extends === undefined) return false;
    const { expression } = bare({ module, owner: declaration.parent, expression: declaration.extends });
    const base = program.resolveExpression(module.id, declaration.parent, expression);
    return base.kind === 'external' && base.path.at(-1) === 'BaseEntity' && isTypeormPackage(base.package);
  });
}
