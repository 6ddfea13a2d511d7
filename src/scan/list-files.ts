import glob from 'fast-glob';
import { findOutputFolders } from './output-folders.ts';

export interface FoundFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly size: number;
}

const wanted = [
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}',
  '**/*.{prisma,sql,graphql,gql}',
  '**/package.json',
  '**/{ts,js}config*.json',
  '{package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,yarn.lock}',
];

const neverWanted = [
  '**/{node_modules,bower_components,.git,.banyan,banyan-out,coverage,.nyc_output,.next,.nuxt,.turbo,.nx,.yarn,.cache}/**',
  '**/*.min.js',
];

/** Lists the files that a scan wants. Links to folders are not followed, so loops end. */
export async function listFiles(root: string, exclude: readonly string[]): Promise<FoundFile[]> {
  const entries = await glob(wanted, {
    cwd: root,
    ignore: [...neverWanted, ...exclude],
    dot: true,
    followSymbolicLinks: false,
    onlyFiles: true,
    stats: true,
    suppressErrors: true,
    unique: true,
  });
  const found = entries.map(({ path, stats }) => ({ path, size: stats?.size ?? 0 }));
  const outputs = findOutputFolders(
    root,
    found.map(({ path }) => path),
  );
  return found.filter(({ path }) => !outputs.some((folder) => path.startsWith(folder)));
}
