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
