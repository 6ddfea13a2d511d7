import { fileURLToPath } from 'node:url';
import type { PlacedPackage } from './left-out-packages.ts';

/** What stands beside a bundle. */
export interface CopiedFiles {
  /** Files read at run time, relative to the slice's package. */
  readonly assets: readonly string[];
  /** Platform of the Prisma engine to take along, when the slice uses Prisma. */
  readonly prismaTarget?: string;
}

const script = fileURLToPath(new URL('../runtime/copy-files.mjs', import.meta.url));

/** The command that puts them there; its argument is encoded, so no name can be taken for shell syntax. */
export const copyCommand = (from: string, to: string, files: CopiedFiles & { readonly packages: readonly PlacedPackage[] }): string =>
  `node "${script}" ${Buffer.from(JSON.stringify({ from, to, ...files })).toString('base64url')}`;
