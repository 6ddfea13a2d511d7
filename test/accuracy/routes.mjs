// Compares the routes that `analyze` finds with a true list: a line of `METHOD /path/{parameter}` each, `#` begins a comment.
// Names of parameters do not count: frameworks write them differently.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { share } from './linked-tree.mjs';

export function compareRoutes(root, file) {
  const listed = new Set(readFileSync(file, 'utf8').split('\n').flatMap(readLine));
  const found = new Set(analyze(root).routes.map(({ method, path }) => normalize(method, path)));
  const missed = [...listed].filter((route) => !found.has(route)).sort();
  const extra = [...found].filter((route) => !listed.has(route)).sort();
  const right = listed.size - missed.length;
  console.log(
    `routes   listed ${listed.size}, found ${found.size}, recall ${share(right, listed.size)}, precision ${share(right, found.size)}`,
  );
  for (const route of missed) console.log(`         missed ${route}`);
  for (const route of extra) console.log(`         not listed ${route}`);
}

function readLine(line) {
  const match = /^\s*([A-Z]+)\s+(\S+)/.exec(line.replace(/#.*/, ''));
  return match === null ? [] : [normalize(match[1], match[2])];
}

const normalize = (method, path) => `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`;

function analyze(root) {
  const banyan = fileURLToPath(new URL('../../bin/banyan.js', import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [banyan, 'analyze', root, '--json', '--quiet', '--fail-on', 'never'], {
    maxBuffer: 1 << 29,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`analyze ended with ${status}\n${stderr}`);
  return JSON.parse(stdout);
}
