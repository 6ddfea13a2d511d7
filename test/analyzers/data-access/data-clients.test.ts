import { expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../../analyzers/http-routes/index.ts';
import { assemble } from '../../../src/assemble/assemble.ts';
import { nameOf } from '../../../src/model/ids.ts';
import { sourceTreeOf } from '../../support/program.ts';
import { analyzeTraced, traceOf } from '../../support/trace.ts';

/** What the one route of a shop over better-sqlite3 runs. */
async function runs(made: string, call: string): Promise<readonly string[]> {
  const files = {
    'src/main.ts': `import express from 'express';\nimport { put } from './books';\nconst app = express();\napp.put('/', put);\napp.listen(1);`,
    'src/books.ts': `import Database from 'better-sqlite3';\nconst db = new Database('shop.db');\nconst add = (book) => {};\n${made}\nexport const put = ({ books }) => { ${call}; };`,
  };
  const traced = traceOf({ files }, { entries: ['src/main.ts'] });
  const { value: facts } = analyzeTraced(traced, httpRouteAnalyzers);
  const { value } = await assemble({ name: 'bookshop', tree: sourceTreeOf(files), program: traced.program, trace: traced.trace, facts });
  return value.reach.flatMap(({ symbols }) => symbols.map(nameOf));
}

test.each<[string, string, string, readonly string[]]>([
  ['a transaction', 'const addAll = db.transaction((books) => books.map(add));', 'addAll(books)', ['add', 'addAll.<function 4:31>', 'put']],
  ['one that locks at once', 'const addOne = db.transaction(add);', 'addOne.immediate(books)', ['add', 'put']],
  ['one that nobody begins', 'const addOne = db.transaction(add);', 'books.sort()', ['put']],
])('functions that %s of better-sqlite3 runs', async (_title, made, call, expected) => expect(await runs(made, call)).toEqual(expected));
