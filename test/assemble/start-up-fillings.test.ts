import { expect, test } from 'vitest';
import { dataAccessAnalyzers } from '../../analyzers/data-access/index.ts';
import { stateAnalyzers } from '../../analyzers/state/index.ts';
import { runAnalyzers } from '../../src/analyze/run-analyzers.ts';
import { assemble } from '../../src/assemble/assemble.ts';
import { createSqlParser } from '../../src/lib/sql/sql-parser.ts';
import { sourceTreeOf } from '../support/program.ts';
import { traceOf } from '../support/trace.ts';

/** `state from tables warm (pg) called in 3` of what start-up does. */
async function startUpOf(code: string): Promise<readonly string[]> {
  const files = {
    'src/main.ts': `import express from 'express';\nimport { pool, redis } from './clients';\nconst app = express();\n${code}\napp.listen(1);`,
    'src/clients.ts': `import pg from 'pg'; import Redis from 'ioredis'; export const pool = new pg.Pool(); export const redis = new Redis();`,
  };
  const { program, trace } = traceOf({ files }, { entries: ['src/main.ts'] });
  const input = { program, trace, assets: new Map(), packages: [], sql: await createSqlParser() };
  const { value: facts } = runAnalyzers([...dataAccessAnalyzers, ...stateAnalyzers], input);
  const { value } = await assemble({ name: 'bookshop', tree: sourceTreeOf(files), program, trace, facts });
  return value.triggers.map(
    ({ id, library, at }) => `${id.replace('startup ', '').replace('src/main.ts#', '')} (${library}) in ${at.line}`,
  );
}

test.each<[string, string, readonly string[]]>([
  [
    'a cache that is filled',
    `const prices = new Map(); const warm = async () => { const { rows } = await pool.query('SELECT * FROM prices'); for (const row of rows) prices.set(row.id, row); };
     app.get('/prices/:id', (req, res) => res.json(prices.get(req.params.id)));\nwarm();`,
    ['state from tables warm (pg) in 6'],
  ],
  [
    'a function that reads for it, in the middle of the start',
    `let settings = []; const load = async () => (await pool.query('SELECT * FROM settings')).rows; async function fill() { settings = await load(); }
     app.get('/settings', (req, res) => res.json(settings));\nasync function main() {\n await fill(); }\nmain();`,
    ['state from tables fill (pg) in 7'],
  ],
  [
    'Redis',
    `async function warm() { const { rows } = await pool.query('SELECT * FROM books'); await redis.set('books', JSON.stringify(rows)); }\nwarm();`,
    ['state from tables warm (pg) in 5'],
  ],
  [
    'rows that a callback takes',
    `const prices = {}; function warm() { return pool.query('SELECT * FROM prices').then(({ rows }) => { rows.forEach((row) => { prices[row.id] = row; }); }); } app.get('/', (req, res) => res.json(prices));\nwarm();`,
    ['state from tables warm (pg) in 5'],
  ],
  [
    'a connection that is kept, and a table that is looked at',
    `let client; async function connect() { client = await pool.connect(); const { rows } = await pool.query('SELECT * FROM migrations'); if (rows.length === 0) throw new Error('none'); } app.get('/', (req, res) => res.json(client));\nconnect();`,
    [],
  ],
  [
    'a table that is looked at by another function',
    `let ready = false; const check = async () => { await pool.query('SELECT * FROM migrations'); }; async function begin() { await check(); ready = true; } app.get('/', (req, res) => res.json({ ready }));\nbegin();`,
    [],
  ],
  [
    'what only requests fill',
    `const prices = new Map(); const fill = async (id) => { const { rows } = await pool.query('SELECT * FROM prices'); prices.set(id, rows[0]); };
     app.get('/prices/:id', async (req, res) => { await fill(req.params.id); res.json(prices.get(req.params.id)); });`,
    [],
  ],
  [
    'start-up that only reads',
    `async function check() { const { rows } = await pool.query('SELECT * FROM migrations'); if (rows.length === 0) throw new Error('none'); }\ncheck();`,
    [],
  ],
  [
    'memory that is filled from nothing',
    `let started = 0; function begin() { started = Date.now(); } app.get('/health', (req, res) => res.json({ started }));\nbegin();`,
    [],
  ],
  [
    'a start that does both in different functions',
    `let started = 0; function begin() { started = Date.now(); } async function check() { await pool.query('SELECT * FROM books'); } app.get('/', (req, res) => res.json({ started }));
     async function main() { begin(); await check(); }\nmain();`,
    [],
  ],
])('%s', async (_title, code, expected) => expect(await startUpOf(code)).toEqual(expected));
