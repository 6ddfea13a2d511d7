import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { closure } from '../../src/lib/graph/closure.ts';
import { ownEntry } from '../../src/lib/own-entry.ts';
import { rootPackage } from '../../src/lib/package-name.ts';
import type { BootTrace } from '../../src/model/boot-trace.ts';
import type { TriggerFact } from '../../src/model/fact.ts';
import type { CallSyntax, Expression } from '../../src/model/file-syntax.ts';
import { moduleOf, nameOf, type SymbolId, toEntryPointId } from '../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';

/** Finds what every start does to a database before the first request: migrations, seeds, tables made from models. */
export const startUpWork = defineAnalyzer({
  name: 'start-up-work',
  produces: ['trigger'],

  *analyze({ program, trace }) {
    const isStarted = startedBy(program, trace);
    const told = new Set<string>();
    for (const found of worksIn(program)) {
      const symbol = program.symbolAt(found.module.id, found.call.owner);
      if (!isStarted(symbol)) continue;
      const fact = toFact(program, found, symbol);
      if (!told.has(fact.id)) yield fact;
      told.add(fact.id);
    }
  },
});

interface Work {
  readonly module: ModuleRecord;
  readonly call: CallSyntax;
  readonly package: string;
  readonly what: string;
}

/** By package: the end of the way to what is called, and what it does. */
const works: Readonly<Record<string, readonly (readonly [end: RegExp, what: string])[]>> = {
  knex: [
    [/(?:^|\.)migrate\.(?:latest|up)$/, 'migrations'],
    [/(?:^|\.)seed\.run$/, 'seeds'],
  ],
  typeorm: [
    [/(?:^|\.)runMigrations$/, 'migrations'],
    [/(?:^|\.)synchronize$/, 'tables from models'],
  ],
  sequelize: [[/(?:^|\.)sync$/, 'tables from models']],
  'sequelize-typescript': [[/(?:^|\.)sync$/, 'tables from models']],
  umzug: [[/(?:^|\.)up$/, 'migrations']],
  'node-pg-migrate': [[/^(?:default|runner)$|^$/, 'migrations']],
  'postgres-migrations': [[/^(?:default\.)?migrate$/, 'migrations']],
  'drizzle-orm': [[/^(?:default\.)?migrate$/, 'migrations']],
  kysely: [[/(?:^|\.)migrateTo(?:Latest)?$/, 'migrations']],
  '@mikro-orm/core': [
    [/(?:^|\.)(?:getMigrator|migrator)\.up$/, 'migrations'],
    [/(?:^|\.)updateSchema$/, 'tables from models'],
  ],
  mongoose: [[/(?:^|\.)syncIndexes$/, 'indexes']],
};

/** Options of connections that do it as soon as they are open. */
const options: Readonly<Record<string, string>> = { migrationsRun: 'migrations', synchronize: 'tables from models' };
const connecting: ReadonlySet<string> = new Set(['typeorm', '@nestjs/typeorm', '@nestjs/sequelize']);
const CONNECTS = /^(?:DataSource|Connection|createConnections?|forRoot(?:Async)?)$/;

/** Only these names are resolved at all. */
const NAMES = /^(?:latest|up|run|runMigrations|synchronize|sync|syncIndexes|migrate|runner|migrateTo|migrateToLatest|updateSchema)$/;

function* worksIn(program: ProgramQueries): Iterable<Work> {
  for (const module of program.program.modules) {
    if (module.role !== 'source') continue;
    const imported = new Set(module.syntax.imports.flatMap(({ bindings }) => bindings.map(({ local }) => local)));
    for (const call of module.syntax.calls) {
      const { callee } = call;
      const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
      const isImported = callee.kind === 'name' && imported.has(name);
      if (!isImported && !NAMES.test(name) && !CONNECTS.test(name)) continue;
      const referent = callee.kind === 'super' ? undefined : program.resolveExpression(module.id, call.owner, callee);
      if (referent?.kind !== 'external' && referent?.kind !== 'external-instance') continue;
      const root = rootPackage(referent.package);
      const what = whatIs(root, referent.path);
      const connects = connecting.has(root) && CONNECTS.test(referent.path.findLast((part) => part !== '()') ?? '');
      const all =
        what !== undefined
          ? [what]
          : connects
            ? call.arguments.flatMap((given) => optionsIn(program, { module, owner: call.owner }, given, 0))
            : [];
      for (const one of new Set(all)) yield { module, call, package: root, what: one };
    }
  }
}

function whatIs(name: string, path: readonly string[]): string | undefined {
  const way = path.filter((part) => part !== '()').join('.');
  return ownEntry(works, name)?.find(([end]) => end.test(way))?.[1];
}

interface Place {
  readonly module: ModuleRecord;
  readonly owner: number;
}

const FARTHEST = 6;

/** What options say, also those that a constant holds or a function gives: `forRootAsync({ useFactory: () => ({ … }) })`. */
function optionsIn(program: ProgramQueries, place: Place, given: Expression, depth: number): readonly string[] {
  const inside = (one: Expression, where = place): readonly string[] => (depth > FARTHEST ? [] : optionsIn(program, where, one, depth + 1));
  switch (given.kind) {
    case 'object':
      return given.properties.flatMap(({ key, value }): readonly string[] => {
        const option = key === undefined ? undefined : ownEntry(options, key);
        if (option !== undefined) return value.kind === 'literal' && value.value === true ? [option] : [];
        return key === undefined || key === 'useFactory' ? inside(value) : [];
      });
    case 'spread':
    case 'assertion':
    case 'await':
      return inside(given.value);
    case 'choice':
      return given.options.flatMap((option) => inside(option));
    case 'function': {
      const { returns } = place.module.syntax.declarations[given.declaration] ?? {};
      return (returns?.values ?? []).flatMap((value) => inside(value, { module: place.module, owner: given.declaration }));
    }
    case 'name':
    case 'member': {
      const referent = program.resolveExpression(place.module.id, place.owner, given);
      const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
      const { initializer, parent = 0 } = found?.module.syntax.declarations[found.index] ?? {};
      return found === undefined || initializer === undefined ? [] : inside(initializer, { module: found.module, owner: parent });
    }
    default:
      return [];
  }
}

/** Code of start-up, as evaluated, and what it calls by name. */
function startedBy(program: ProgramQueries, { evaluated, entries }: BootTrace): (symbol: SymbolId) => boolean {
  const modules = [...evaluated, ...entries.map(({ module }) => module)];
  const reached = closure(
    modules.map((module) => program.symbolAt(module, 0)),
    (symbol) => program.callsFrom(symbol).flatMap(({ to, kind }) => (kind === 'call' ? [to] : [])),
  );
  return (symbol) => reached.has(symbol);
}

function toFact(program: ProgramQueries, { module, call, package: library, what }: Work, symbol: SymbolId): TriggerFact {
  return {
    kind: 'trigger',
    id: toEntryPointId(`startup ${what} ${library} ${moduleOf(symbol)}#${nameOf(symbol)}`),
    trigger: 'startup',
    detail: what,
    handler: { module: module.id, symbol },
    library,
    statement: { file: module.id, ...call.span },
    at: program.location(module.id, call.span.start),
  };
}
