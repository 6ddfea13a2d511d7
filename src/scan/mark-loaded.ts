import type { FileConvention } from '../model/boot-trace.ts';
import { pathBelow, projectFolders } from '../model/convention-folders.ts';
import type { SourceTree } from '../model/source-tree.ts';
import { isInTestFolder, isNamedAsTest } from './role-of.ts';

/**
 * Files that a framework loads by where they stand are sources: a folder `e2e` among its routes is part of an address. Files
 * whose own name says test, and projects that stand in a folder of tests, stay what they are.
 */
export function markLoaded<Tree extends Pick<SourceTree, 'files' | 'packages'>>(tree: Tree, conventions: readonly FileConvention[]): Tree {
  const isDoubtful = tree.files.some(({ path, role }) => role === 'test' && !isNamedAsTest(path));
  const used = (isDoubtful ? conventions : []).flatMap((convention) => {
    const folders = convention.importing === undefined ? projectFolders(convention, tree) : [];
    return folders.length === 0 ? [] : [{ folders, loads: convention.loads }];
  });
  if (used.length === 0) return tree;
  const isLoaded = (file: string): boolean =>
    !isNamedAsTest(file) &&
    used.some(({ folders, loads }) => {
      const found = pathBelow(folders, file);
      return found !== undefined && !isInTestFolder(`${found.folder}/`) && loads(found.path);
    });
  return {
    ...tree,
    files: tree.files.map((file) => (file.role === 'test' && isLoaded(file.path) ? { ...file, role: 'source' as const } : file)),
  };
}
