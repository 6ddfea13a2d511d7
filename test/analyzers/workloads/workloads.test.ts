import { expect, test } from 'vitest';
import { workloads } from '../../../analyzers/workloads/workloads.ts';
import { findingsOf } from '../../support/findings.ts';

test.each<[string, string, readonly string[]]>([
  [
    'programs',
    "import { execFile } from 'node:child_process';\nexport const convert = () => execFile('convert');",
    ['convert child-process: starts programs: child_process.execFile'],
  ],
  [
    'threads',
    "import { Worker } from 'worker_threads';\nexport const start = () => new Worker('./x.js');",
    ['start worker-thread: starts threads: worker_threads.Worker'],
  ],
  [
    'passwords',
    "import bcrypt from 'bcrypt';\nexport const check = (a: string) => bcrypt.compare(a, 'x');",
    ['check cpu-heavy: hashes passwords: bcrypt.compare'],
  ],
  [
    'keys',
    "import { pbkdf2Sync, scryptSync } from 'crypto';\nexport const key = (a: string) => [pbkdf2Sync(a, 's', 1, 1, 'sha1'), scryptSync(a, 's', 1)];",
    ['key cpu-heavy: derives keys: crypto.pbkdf2Sync', 'key cpu-heavy: derives keys: crypto.scryptSync'],
  ],
  [
    'compression, and its undoing where it waits',
    "import zlib from 'zlib';\nexport const pack = (a: Buffer) => zlib.deflateRawSync(zlib.gunzipSync(a));\nexport const read = (a: Buffer) => zlib.gunzip(a, () => {});",
    ['pack cpu-heavy: compresses: zlib.deflateRawSync', 'pack cpu-heavy: unpacks compressed data: zlib.gunzipSync'],
  ],
  ['a cheap hash', "import crypto from 'crypto';\nexport const id = () => crypto.createHash('sha1');", []],
  ['pictures', "import sharp from 'sharp';\nexport const small = () => sharp('x').resize(1);", ['small cpu-heavy: changes images: sharp']],
  [
    'a browser',
    "import puppeteer from 'puppeteer';\nexport const print = async () => { const browser = await puppeteer.launch(); await browser.close(); };",
    ['print browser: runs a browser: puppeteer.launch'],
  ],
  [
    'local files at requests, not at start-up',
    "import { readFileSync } from 'fs';\nconst page = readFileSync('a');\nexport const load = () => readFileSync('b');",
    ['load local-read: reads local files: fs.readFileSync'],
  ],
  [
    'the process',
    "process.on('unhandledRejection', () => {});",
    ["<module> process-event: listens to the process: process.on('unhandledRejection')"],
  ],
  [
    'server-sent events',
    "export function feed(request: any, response: any) { response.writeHead(200, { 'Content-Type': 'text/event-stream' }); }",
    ['feed long-response: keeps an answer open: server-sent events'],
  ],
])('%s', async (_title, code, expected) => {
  expect([...(await findingsOf(workloads, { 'src/shop.ts': code }))].sort()).toEqual([...expected].sort());
});
