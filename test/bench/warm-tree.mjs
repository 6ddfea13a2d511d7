// A copy of a tree with a cache of it, and changes to some of its files: what a run after an edit works on.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Copies a tree, links left out: what they lead to is not the tree's own. */
export function copyTree(root, scratch) {
  const copy = join(scratch, basename(root));
  cpSync(root, copy, { recursive: true, filter: (path) => !/(^|\/)(\.git|node_modules|banyan-out)$/.test(path), verbatimSymlinks: true });
  return copy;
}

/**
 * Changes files as an edit does: lines move, and a new function reads, calls and is called. Another text in each run, so
 * that no run meets what the one before it left.
 */
export function changeFiles(root, paths, run) {
  for (const [index, path] of paths.entries()) {
    const name = `measured${run}x${index}`;
    const text = readFileSync(join(root, path), 'utf8');
    writeFileSync(
      join(root, path),
      `// run ${run}\n${text}\nexport function ${name}(key: string) {\n  return process.env[key] ?? ${name}.name;\n}\n`,
    );
  }
}

/** So many source files, evenly from the whole tree. */
export function pickFiles(modules, count) {
  const sources = modules.filter((path) => /\.tsx?$/.test(path) && !/\.d\.ts$|[.-](test|spec)\./.test(path));
  const step = Math.max(1, Math.floor(sources.length / count));
  return Array.from({ length: Math.min(count, sources.length) }, (_one, index) => sources[index * step]);
}
