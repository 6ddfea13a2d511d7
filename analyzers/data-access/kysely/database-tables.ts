import type { TableFact } from '../../../src/model/fact.ts';
import type { TypeSyntax } from '../../../src/model/file-syntax.ts';
import { type SymbolId, toTableId } from '../../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import { type Declared, declared } from '../flow/code-value.ts';
import type { DatabaseName } from './database-names.ts';

/** The tables of `interface Database { person: PersonTable }`, the type argument of `Kysely`. */
export function* databaseTables(program: ProgramQueries, nameOf: DatabaseName): Iterable<TableFact> {
  const seen = new Set<string>();
  for (const database of databaseTypes(program))
    for (const { name, type, at, module, owner } of membersOf(program, database)) {
      if (seen.has(name)) continue;
      seen.add(name);
      const columns = type === undefined ? [] : columnsOf(program, module, owner, type).map(nameOf);
      const id = toTableId(nameOf(name.replace(/^public\./, '')));
      yield { kind: 'table', id, columns, references: [], at: program.location(module.id, at) };
    }
}

/** What stands between the angle brackets of `Kysely<…>` and `Transaction<…>`, wherever it is written. */
function databaseTypes(program: ProgramQueries): readonly Declared[] {
  const found = new Map<SymbolId, Declared>();
  const add = (module: ModuleRecord, owner: number, type: TypeSyntax | undefined): void => {
    if (type?.kind !== 'reference') return;
    const referent = program.resolveName(module.id, owner, type.name[0] ?? '');
    const target = referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined;
    if (target !== undefined && holders.has(target.declaration.kind)) found.set(target.symbol, target);
  };
  for (const module of program.program.modules) {
    if (module.role !== 'source') continue;
    for (const { type, parent, extendsTypes, extends: base } of module.syntax.declarations) {
      if (type?.kind === 'reference' && clients.has(type.name.at(-1) ?? '')) add(module, parent, type.arguments[0]);
      if (base?.kind === 'name' && clients.has(base.name)) add(module, parent, extendsTypes?.[0]);
    }
    for (const { callee, owner, typeArguments, kind } of module.syntax.calls)
      if (kind === 'new' && callee.kind === 'name' && clients.has(callee.name)) add(module, owner, typeArguments?.[0]);
  }
  return [...found.values()].sort((left, right) => (left.symbol < right.symbol ? -1 : 1));
}

const clients: ReadonlySet<string> = new Set(['Kysely', 'Transaction', 'ControlledTransaction']);
const holders: ReadonlySet<string> = new Set(['interface', 'type-alias', 'class']);

interface Member {
  readonly name: string;
  readonly type?: TypeSyntax;
  readonly at: number;
  readonly module: ModuleRecord;
  readonly owner: number;
}

/** Members of an interface with those it extends, of an object type, and of what an alias stands for. */
function membersOf(program: ProgramQueries, { symbol, module, declaration }: Declared, depth = 0): readonly Member[] {
  const own = program.childrenOf(symbol).flatMap((child): readonly Member[] => {
    const member = declared(program, child);
    if (member?.declaration.kind !== 'field') return [];
    const { binding, type, span } = member.declaration;
    return [{ name: binding ?? '', ...(type === undefined ? {} : { type }), at: span.start, module, owner: declaration.parent }];
  });
  const types = [...(declaration.extendsTypes ?? []), ...(declaration.type === undefined ? [] : [declaration.type])];
  return depth > 5
    ? own
    : [
        ...own,
        ...types.flatMap((type) =>
          membersOfType(program, { module, owner: declaration.parent, at: declaration.span.start }, type, depth + 1),
        ),
      ];
}

function membersOfType(
  program: ProgramQueries,
  place: Pick<Member, 'module' | 'owner' | 'at'>,
  type: TypeSyntax,
  depth: number,
): readonly Member[] {
  switch (type.kind) {
    case 'object':
      return type.members.map((member) => ({ ...place, name: member.name, ...(member.type === undefined ? {} : { type: member.type }) }));
    case 'intersection':
      return type.members.flatMap((member) => membersOfType(program, place, member, depth));
    case 'reference': {
      const referent = program.resolveName(place.module.id, place.owner, type.name[0] ?? '');
      const target = referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined;
      return target === undefined ? [] : membersOf(program, target, depth);
    }
    default:
      return [];
  }
}

const columnsOf = (program: ProgramQueries, module: ModuleRecord, owner: number, type: TypeSyntax): readonly string[] => [
  ...new Set(membersOfType(program, { module, owner, at: 0 }, type, 2).map(({ name }) => name)),
];
