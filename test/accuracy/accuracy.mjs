// Measures the linker against the truth on one tree and prints tables: calls against the TypeScript 7 checker.
// Usage: npm run accuracy -- <dir> [--places n] [--form 'this.m.m']
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compareCalls } from './calls.mjs';
import { linkTree } from './linked-tree.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { places: { type: 'string', default: '2' }, form: { type: 'string' }, types: { type: 'string', default: 'never' } },
});
const root = resolve(positionals[0] ?? '.');
const linked = await linkTree(root, values.types);
await compareCalls({ root, ...linked }, { places: Number(values.places), pattern: values.form });
