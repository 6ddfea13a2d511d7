import type { FileRole } from '../model/source-tree.ts';

const ownFolder = /(^|\/)(__tests?__|__mocks?__)\//;
const testFolder = /(^|\/)(tests?|e2e|cypress|spec)\//;
const testFile = /[.-](test|spec|e2e-spec|cy)\.[cm]?[jt]sx?$/;

/** The role of a file, by the conventions of its name and folders. */
export function roleOf(path: string): FileRole {
  if (/\.d\.[cm]?ts$/.test(path)) return 'declaration';
  return isNamedAsTest(path) || isInTestFolder(path) ? 'test' : 'source';
}

/** The file's own name, or a folder that is called so for nothing else, says test. */
export const isNamedAsTest = (path: string): boolean => testFile.test(path) || ownFolder.test(path);

export const isInTestFolder = (path: string): boolean => testFolder.test(path);
