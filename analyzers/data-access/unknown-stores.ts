import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';

/** Says where data is kept through a package without a model, once for each package: who reads or writes what there is not known. */
export const unknownStores = defineAnalyzer({
  name: 'unknown-stores',
  produces: [],

  *analyze({ program }): Iterable<Diagnostic> {
    const sources = new Set(program.program.modules.filter(({ role }) => role === 'source').map(({ id }) => id));
    const told = new Set<string>();
    for (const { from, target, typeOnly, at } of program.program.imports) {
      if (target.kind !== 'package' || typeOnly || !sources.has(from) || told.has(target.package)) continue;
      if (!fileDatabases.has(target.package) && !databaseClients.has(target.package)) continue;
      told.add(target.package);
      yield { code: 'unknown-store', data: { text: target.package }, at };
    }
  },
});

/** Packages that keep documents in local files. */
const fileDatabases: ReadonlySet<string> = new Set([
  ...['lowdb', 'nedb', 'nedb-promises', '@seald-io/nedb', '@seal-io/nedb', 'json-server', 'node-json-db', 'simple-json-db', 'diskdb'],
  ...['lokijs', 'tingodb', 'keyv-file', 'conf', 'node-persist', 'level', 'leveldown', 'lmdb', 'pouchdb'],
]);

/** Mappers and clients of databases whose calls are not read yet. */
const databaseClients: ReadonlySet<string> = new Set([
  ...['bookshelf', 'waterline'],
  ...['tedious', 'oracledb', 'cassandra-driver', 'neo4j-driver'],
  ...['dynamoose', '@supabase/supabase-js', 'couchbase', 'nano', 'arangojs'],
]);
