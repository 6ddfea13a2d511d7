import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { compareText } from '../../lib/sort.ts';
import type { ServiceId } from '../../model/ids.ts';
import { readManifest } from '../../serve/function-runtime/package-folder.ts';
import { defineCheck, sliceFolder } from './check.ts';

/** No file of a slice imports from outside its own folder: not another slice, not the monolith. */
export const noCrossSliceImportsCheck = defineCheck({
  name: 'no-cross-slice-imports',
  run: async ({ out, table, services }) => {
    const { preProcessFile } = await import('typescript').then((module) => module.default);
    const names = packageNames(
      out,
      table.functions.map(({ service }) => service),
    );
    return services.map(({ id }) => {
      const folder = join(out, sliceFolder(id));
      const files = sourceFiles(folder);
      const foreign = new Set([...names].filter(([service]) => service !== id).map(([, name]) => name));
      const errors = files.flatMap((file) =>
        preProcessFile(readFileSync(file, 'utf8'), true, true)
          .importedFiles.map(({ fileName }) => fileName)
          .filter((specifier) => leaves(specifier, file, folder) || foreign.has(packageNameOf(specifier)))
          .map((specifier) => `${relative(out, file).split(sep).join('/')} imports "${specifier}"`),
      );
      const [first] = files.length === 0 ? [`${sliceFolder(id)} holds no code`] : errors;
      return {
        name: 'no-cross-slice-imports',
        service: id,
        status: first === undefined ? 'passed' : 'failed',
        summary: first ?? `${files.length} files import nothing outside the slice`,
        details: errors,
      };
    });
  },
});

function leaves(specifier: string, file: string, folder: string): boolean {
  if (!specifier.startsWith('.') && !specifier.startsWith('/')) return false;
  return !resolve(dirname(file), specifier).startsWith(folder + sep);
}

const packageNameOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function packageNames(out: string, services: readonly ServiceId[]): ReadonlyMap<ServiceId, string> {
  const named = services.map((service) => [service, readManifest(join(out, sliceFolder(service), 'package.json')).name] as const);
  return new Map(named.flatMap(([service, name]) => (typeof name === 'string' ? [[service, name] as const] : [])));
}

const SOURCE = /\.[cm]?[jt]sx?$/;

/** Files of the slice that are code, sorted; installed packages and build results are not its own. */
function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : sourceFiles(path);
      return entry.isFile() && SOURCE.test(entry.name) ? [path] : [];
    })
    .sort(compareText);
}
