import { expect, test } from 'vitest';
import { confirmReadThrough } from '../../src/assemble/confirm-read-through.ts';
import type { StateFact, TableAccessFact } from '../../src/model/fact.ts';
import { type SymbolId, toModuleId, toTableId } from '../../src/model/ids.ts';
import { programOf } from '../support/program.ts';

const at = { file: toModuleId('src/shop.ts'), line: 1, column: 1 };
const reader = 'src/shop.ts#find' as SymbolId;
const cache: StateFact = {
  kind: 'state',
  state: 'cache',
  symbol: 'src/shop.ts#results' as SymbolId,
  summary: 'Map written by find()',
  writers: [reader],
  readThrough: { readers: [reader], store: { file: at.file, start: 0, end: 1 } },
  at,
};
const access = (operation: TableAccessFact['operation']): TableAccessFact => ({
  kind: 'table-access',
  table: toTableId('orders'),
  symbol: reader,
  operation,
  library: 'pg',
  at,
});

test.each([
  [
    'keeps the proof of a cache whose reader reads',
    [access('read')],
    'import axios from "axios";\nexport const find = () => axios.get("/");',
    true,
  ],
  ['takes it when the reader writes a table', [access('create')], 'export const find = () => 1;', false],
  ['takes it when the reader sends something', [], 'import axios from "axios";\nexport const find = () => axios.post("/");', false],
])('%s', (_title, accesses, code, isProven) => {
  const program = programOf({ 'src/shop.ts': code });
  const [fact] = confirmReadThrough({ program, state: [cache], accesses, reach: (roots) => new Set(roots as Iterable<SymbolId>) });
  expect(fact?.readThrough !== undefined).toBe(isProven);
});
