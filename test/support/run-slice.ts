import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { extractedSource } from '../../generators/extracted-source/extracted-source.ts';
import type { Sources } from './program.ts';
import { generateSliceOf, type SliceOptions } from './slice.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface RunOptions extends SliceOptions {
  /** Packages besides Express that the bundler finds, by path below `node_modules`: `pug/index.js`. */
  readonly installed?: Sources;
  /** Asked of the application that the slice hands over; its answer is printed as the last line. */
  readonly path?: string;
}

/** Bundles the slice `shop` as a deployment does, and runs it: what it prints, line by line. */
export async function runSlice(files: Sources, { installed = {}, path, ...options }: RunOptions): Promise<readonly string[]> {
  const folder = await temporaryFolder();
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  for (const artifact of generateSliceOf([extractedSource], files, options).value)
    await write(artifact.path.replace(/^services\/shop\//, ''), artifact.content);
  for (const [name, content] of Object.entries(installed)) await write(`node_modules/${name}`, content);
  await write('start.ts', path === undefined ? `import './${options.entries?.[0]}';\n` : asking(path, options.entries?.[0] ?? ''));
  await build({
    entryPoints: [join(folder, 'start.ts')],
    outfile: join(folder, 'out/shop/bundle.cjs'),
    absWorkingDir: folder,
    nodePaths: [join(import.meta.dirname, '../../node_modules')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
  });
  // What the bundle does not hold is not there when it runs.
  await rm(join(folder, 'node_modules'), { recursive: true, force: true });
  const { stdout } = await promisify(execFile)(process.execPath, ['out/shop/bundle.cjs'], { cwd: folder });
  return stdout.trimEnd().split('\n');
}

const asking = (path: string, entry: string): string => `import './${entry}';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { application } from './src/banyan/application';
const giveUp = setTimeout(() => console.log('no application'), 2000);
application().then((listener) => {
  clearTimeout(giveUp);
  const server = createServer(listener).listen(0, '127.0.0.1', async () => {
    const response = await fetch(\`http://127.0.0.1:\${(server.address() as AddressInfo).port}${path}\`);
    console.log(response.status, await response.text());
    server.close();
    server.closeAllConnections();
  });
});
`;
