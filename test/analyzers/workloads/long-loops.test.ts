import { expect, test } from 'vitest';
import { longLoops } from '../../../analyzers/workloads/long-loops.ts';
import { findingsOf } from '../../support/findings.ts';

test.each<[string, string, readonly string[]]>([
  [
    'a loop',
    'export function hash(text: string) { let sum = 0; for (let i = 0; i < 5_000_000; i++) sum += text.length * i; return sum; }',
    ['hash cpu-heavy: loops 5000000 times'],
  ],
  [
    'loops in loops, with names',
    "import { ROUNDS } from './rounds.ts';\nconst size = 1000;\nexport const draw = () => { for (let x = 0; x < size; x++) for (let y = 0; y < ROUNDS; y += 2) paint(x, y); };\nconst paint = (x: number, y: number) => x + y;",
    ['draw cpu-heavy: loops 2000000 times'],
  ],
  [
    'counting down',
    'export const burn = () => { let n = 1; for (let i = 1e6; i > 0; i--) n = (n * i) % 97; return n; };',
    ['burn cpu-heavy: loops 1000000 times'],
  ],
  ['loops beside each other', 'export const draw = () => { for (let x = 0; x < 1000; x++) {} for (let y = 0; y < 1000; y++) {} };', []],
  ['too few steps', 'export const draw = () => { for (let x = 0; x < 1000; x++) for (let y = 0; y < 100; y++) {} };', []],
  ['a bound that nobody knows', 'export const sum = (many: number) => { for (let i = 0; i < many; i++) {} };', []],
  [
    'a bound that changes',
    'let many = 9_000_000; export const set = (n: number) => { many = n; };\nexport const sum = () => { for (let i = 0; i < many; i++) {} };',
    [],
  ],
  [
    'a search that ends',
    'export const free = (taken: Set<number>) => { for (let i = 0; i < 10_000_000; i++) { if (!taken.has(i)) return i; } return 0; };',
    [],
  ],
  [
    'a search that breaks off',
    'export const free = (taken: Set<number>) => { let i = 0; for (let n = 0; n < 10_000_000; n++) { if (!taken.has(n)) { i = n; break; } } return i; };',
    [],
  ],
  [
    'a search inside that ends',
    'export const draw = () => { for (let x = 0; x < 1000; x++) for (let y = 0; y < 1000; y++) { if (x > y) break; } };',
    [],
  ],
  ['waiting', 'export const poll = async (ask: () => Promise<void>) => { for (let i = 0; i < 1_000_000; i++) { await ask(); } };', []],
  [
    'functions that are made in a loop',
    'export const make = () => { const all = []; for (let x = 0; x < 1000; x++) all.push(() => { for (let y = 0; y < 1000; y++) {} }); return all; };',
    [],
  ],
  ['start-up code', 'let sum = 0; for (let i = 0; i < 9_000_000; i++) sum += i; export { sum };', []],
])('%s', async (_title, code, expected) => {
  expect(await findingsOf(longLoops, { 'src/shop.ts': code, 'src/rounds.ts': 'export const ROUNDS = 4000;' })).toEqual(expected);
});
