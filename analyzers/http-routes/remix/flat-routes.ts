import { type SegmentReading, toAddresses, withoutExtension } from '../file-routes/file-path.ts';

/** Names of modules that stand for their folder. */
const OF_FOLDER = /\/_?(?:route|index|page)$/;

/** A layout around other modules is no address. */
const LAYOUT = /(?:^|[./])_(?!index$|route$)[^./]*$/;

/**
 * Addresses of a module of `routes/` whose name tells them: `books.$id.edit.tsx`, `books.$id/route.tsx`,
 * `books+/$id.tsx`; none for a module beside.
 */
export function flatAddresses(file: string): readonly string[] {
  const path = withoutExtension(file).replaceAll('+/', '.');
  if (LAYOUT.test(path)) return [];
  const name = path.replace(OF_FOLDER, '');
  return name.includes('/') ? [] : toAddresses(segmentsOf(name.replace(/\.index$/, '')).map(readSegment));
}

/** The older convention: folders are segments, too. */
export const nestedAddresses = (file: string): readonly string[] =>
  toAddresses(
    withoutExtension(file)
      .split('/')
      .flatMap((part) => (part.startsWith('__') ? [] : segmentsOf(part)))
      .map((segment) => (segment === 'index' ? { kind: 'nothing' } : readSegment(segment))),
  );

/** Dots end a segment, but not in brackets: `sitemap[.]xml`. */
const segmentsOf = (name: string): readonly string[] => name.match(/(?:\[[^\]]*\]|[^.[])+/g) ?? [];

function readSegment(written: string): SegmentReading {
  if (written.startsWith('_')) return { kind: 'nothing' };
  const [, inner] = /^\((.*)\)$/.exec(written) ?? [];
  const required = inner === undefined;
  const segment = (inner ?? written).replace(/_$/, '');
  if (segment === '$') return { kind: 'rest', name: '', required };
  if (segment.startsWith('$')) return { kind: 'parameter', name: segment.slice(1), required };
  return { kind: 'text', text: segment.replace(/\[([^\]]*)\]/g, '$1'), required };
}
