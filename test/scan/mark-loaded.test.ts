import { describe, expect, test } from 'vitest';
import type { FileConvention } from '../../src/model/boot-trace.ts';
import { toModuleId } from '../../src/model/ids.ts';
import { markLoaded } from '../../src/scan/mark-loaded.ts';
import { roleOf } from '../../src/scan/role-of.ts';
import { manifestOf } from '../support/findings.ts';

const shelves: FileConvention = { packages: ['bookshop'], records: 'shelf', loads: (path) => path.startsWith('shelves/') };

const rolesOf = (paths: readonly string[], convention: FileConvention = shelves, folder = '.') =>
  markLoaded(
    { files: paths.map((path) => ({ path: toModuleId(path), role: roleOf(path), size: 1 })), packages: [manifestOf(folder, ['bookshop'])] },
    [convention],
  ).files.map(({ role }) => role);

describe('the role of a file in a folder that may hold tests', () => {
  test.each([
    ['where a framework loads it', 'shelves/e2e/users.ts', 'source'],
    ['whose own name says test', 'shelves/e2e/users.test.ts', 'test'],
    ['in a folder of nothing but tests', 'shelves/__tests__/users.ts', 'test'],
    ['where no framework loads it', 'e2e/users.ts', 'test'],
    ['that declares types', 'shelves/e2e/users.d.ts', 'declaration'],
  ])('%s', (_title, path, role) => expect(rolesOf([path])).toEqual([role]));

  test('in a project among tests', () => expect(rolesOf(['test/shop/shelves/a.ts'], shelves, 'test/shop')).toEqual(['test']));

  test('that is loaded for what it imports', () =>
    expect(rolesOf(['shelves/e2e/users.ts'], { ...shelves, importing: ['Shelf'] })).toEqual(['test']));
});
