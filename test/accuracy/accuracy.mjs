// Measures what the linker and the analyzers say against the truth on one tree, and prints tables:
// the import graph against madge's, calls against the TypeScript 7 checker's, routes against a list.
// Usage: npm run accuracy -- <dir> [--only imports|calls|routes] [--types always] [--routes file] [--tsconfig file]
//                                  [--places n] [--form 'this.m.m']
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compareCalls } from './calls.mjs';
import { compareImports } from './imports.mjs';
import { linkTree } from './linked-tree.mjs';
import { compareRoutes } from './routes.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    types: { type: 'string', default: 'never' },
    routes: { type: 'string' },
    tsconfig: { type: 'string' },
    places: { type: 'string', default: '2' },
    form: { type: 'string' },
  },
});
const root = resolve(positionals[0] ?? '.');
const places = Number(values.places);
const isAsked = (table) => values.only === undefined || values.only === table;

if (isAsked('imports') || isAsked('calls')) {
  const linked = await linkTree(root, values.types);
  const tsconfig = values.tsconfig === undefined ? undefined : resolve(values.tsconfig);
  if (isAsked('imports')) await compareImports({ root, ...linked }, { places, tsconfig });
  if (isAsked('calls')) await compareCalls({ root, ...linked }, { places, pattern: values.form });
}
if (values.routes !== undefined && isAsked('routes')) compareRoutes(root, resolve(values.routes));
