import { createHash } from 'node:crypto';

/** A name that is no longer than `longest`: one that is loses its end and gets a digest of the whole, so that it stays its own. */
export function shortName(name: string, longest: number): string {
  if (name.length <= longest) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGEST_LENGTH);
  return `${name.slice(0, longest - DIGEST_LENGTH - 1).replace(/-+$/, '')}-${digest}`;
}

const DIGEST_LENGTH = 8;
