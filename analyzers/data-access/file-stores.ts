import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';

/** Says where data is kept in a file of its own database: who reads or writes what there is not known. */
export const fileStores = defineAnalyzer({
  name: 'file-stores',
  produces: [],

  *analyze({ program }): Iterable<Diagnostic> {
    const sources = new Set(program.program.modules.filter(({ role }) => role === 'source').map(({ id }) => id));
    for (const { from, target, typeOnly, at } of program.program.imports) {
      if (target.kind !== 'package' || typeOnly || !sources.has(from) || !fileDatabases.has(target.package)) continue;
      yield { code: 'unknown-store', data: { text: target.package }, at };
    }
  },
});

/** Packages that keep documents in local files. */
const fileDatabases: ReadonlySet<string> = new Set([
  ...['lowdb', 'nedb', 'nedb-promises', '@seald-io/nedb', '@seal-io/nedb', 'json-server', 'node-json-db', 'simple-json-db', 'diskdb'],
  ...['lokijs', 'tingodb', 'keyv-file', 'conf', 'node-persist', 'level', 'leveldown', 'lmdb', 'pouchdb'],
]);
