import type { FileRole } from '../model/source-tree.ts';

const testFolder = /(^|\/)(__tests__|__mocks__|tests?|e2e|cypress|spec)\//;
const testFile = /[.-](test|spec|e2e-spec|cy)\.[cm]?[jt]sx?$/;

/** The role of a file, by the conventions of its name and folders. */
export function roleOf(path: string): FileRole {
  if (/\.d\.[cm]?ts$/.test(path)) return 'declaration';
  return testFile.test(path) || testFolder.test(path) ? 'test' : 'source';
}
