import glob from 'fast-glob';
import { findOutputFolders } from './output-folders.ts';

export interface FoundFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly size: number;
}

/** Stands in every folder that "banyan extract" wrote, whatever its name: what is in there is no part of the monolith. */
const ownRecord = '.banyan/manifest.json';

const wanted = [
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}',
  '**/*.{prisma,sql,graphql,gql}',
  '**/{package,tsoa}.json',
  '**/{ts,js}config*.json',
  '{package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,yarn.lock}',
  `**/${ownRecord}`,
];

const neverWanted = [
  '**/{node_modules,bower_components,.git,banyan-out,coverage,.nyc_output,.next,.nuxt,.turbo,.nx,.yarn,.cache}/**',
  '**/.banyan/{base,staging}/**',
  '**/*.min.js',
];

/** Lists the files that a scan wants. Links to folders are not followed, so loops end. */
export async function listFiles(root: string, exclude: readonly string[]): Promise<FoundFile[]> {
  // In one thread: handing each file to the thread pool costs three times the CPU.
  const entries = glob.sync(wanted, {
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
  const paths = found.map(({ path }) => path);
  const outputs = [...findOutputFolders(root, paths), ...paths.filter(isOwnRecord).map((path) => path.slice(0, -ownRecord.length))];
  return found.filter(({ path }) => !outputs.some((folder) => folder !== '' && path.startsWith(folder)));
}

const isOwnRecord = (path: string): boolean => path.endsWith(`/${ownRecord}`);
