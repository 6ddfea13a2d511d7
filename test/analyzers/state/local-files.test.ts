import { expect, test } from 'vitest';
import { localFiles } from '../../../analyzers/state/local-files.ts';
import { findingsOf } from '../../support/findings.ts';

test.each([
  [
    'a function that writes',
    "import fs from 'node:fs';\nexport const save = () => { fs.writeFileSync('a', ''); fs.unlinkSync('b'); };",
    ['local-file save: local files changed by unlinkSync, writeFileSync'],
  ],
  [
    'promises',
    "import { writeFile } from 'node:fs/promises';\nexport const save = () => writeFile('a', '');",
    ['local-file save: local files changed by writeFile'],
  ],
  ['reading', "import fs from 'node:fs';\nexport const load = () => fs.readFileSync('a');", []],
  ['start-up code', "import fs from 'node:fs';\nfs.mkdirSync('covers');\nexport {};", []],
  ['other packages', "import api from './api.ts';\nexport const save = () => api.writeFile('a');", []],
])('%s', async (_title, code, expected) => {
  expect(await findingsOf(localFiles, { 'src/files.ts': code, 'src/api.ts': 'export default { writeFile(_: string) {} };' })).toEqual(
    expected,
  );
});
