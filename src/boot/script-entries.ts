import type { PackageManifest } from '../model/source-tree.ts';
import { isStartable, resolveEntry } from './source-of.ts';

const NOT_STARTING =
  /(^|[:\-_])(pre|post|test|tests|lint|build|seed|seeds|migrate|migration|migrations|db|generate|gen|codegen|format|types|typecheck|e2e|cypress|storybook|docs|release|bench|profile|script|scripts|clean|prepare|postinstall|install|typeorm|prisma|knex|swagger|openapi|coverage|ci|deploy)([:\-_]|$)/;
const STARTING =
  /(^|[:\-_])(start|serve|server|prod|production|run|launch|app|api|backend|web|worker|workers|consumer|consumers|scheduler|listen)([:\-_]|$)/;
const FOR_DEVELOPMENT = /(^|[:\-_])(dev|develop|development|watch|debug|local|inspect)([:\-_]|$)/;
const RUNNER =
  /(^|\/)(node|nodejs|ts-node|ts-node-dev|ts-node-esm|tsnd|tsx|nodemon|bun|deno|pm2|pm2-runtime|vite-node|swc-node|babel-node|forever|node-dev|tsnode\S*|tsc-watch|esno|esr|sucrase-node)$/;
/** Options whose value is not the program. */
const TAKES_VALUE = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '-P',
  '--project',
  '--watch',
  '-w',
  '--ext',
  '-e',
  '--ignore',
  '-i',
  '--config',
  '-c',
  '--env-file',
  '--tsconfig',
  '--cwd',
]);

export interface ScriptEntries {
  /** Sources that scripts named for it start: `start`, `serve:api`, `worker`. */
  readonly started: readonly string[];
  /** Sources that other scripts run, those for development only where there is nothing else. */
  readonly others: readonly string[];
}

/** Source files that a package's scripts run. */
export function scriptEntries(manifest: PackageManifest, sources: ReadonlySet<string>): ScriptEntries {
  const scripts = Object.entries(manifest.scripts).filter(([name]) => !NOT_STARTING.test(name) && !/^(pre|post)/.test(name));
  const sourcesOf = (isWanted: (name: string) => boolean): readonly string[] =>
    scripts
      .filter(([name]) => isWanted(name))
      .flatMap(([, command]) => programsOf(command).flatMap((path) => resolveEntry(sources, manifest.directory, path)))
      .filter(isStartable);
  const started = sourcesOf((name) => STARTING.test(name) && !FOR_DEVELOPMENT.test(name));
  const regular = sourcesOf((name) => !STARTING.test(name) && !FOR_DEVELOPMENT.test(name));
  return { started, others: regular.length > 0 ? regular : sourcesOf((name) => FOR_DEVELOPMENT.test(name)) };
}

/** Sources that scripts hand to a command that a library's model knows; those for development only where there is nothing else. */
export function commandEntries(
  manifest: PackageManifest,
  sources: ReadonlySet<string>,
  commands: ReadonlySet<string>,
): readonly { readonly path: string; readonly command: string }[] {
  const scripts = Object.entries(manifest.scripts).filter(([name]) => !NOT_STARTING.test(name) && !/^(pre|post)/.test(name));
  const found = scripts.flatMap(([name, command]) =>
    namedBy(command, commands).flatMap(({ word, runner }) =>
      resolveEntry(sources, manifest.directory, word).map((path) => ({ name, path, command: runner })),
    ),
  );
  const regular = found.filter(({ name }) => !FOR_DEVELOPMENT.test(name));
  return regular.length > 0 ? regular : found;
}

/** Words that stand behind one of the commands, options left out. */
function namedBy(command: string, commands: ReadonlySet<string>): readonly { readonly word: string; readonly runner: string }[] {
  return command.split(/&&|\|\||;|\|/).flatMap((part) => {
    const words = part.replace(/["'\\]/g, ' ').split(/\s+/);
    const index = words.findIndex((word) => commands.has(word.split('/').at(-1) ?? ''));
    const runner = words[index]?.split('/').at(-1);
    if (runner === undefined) return [];
    return words.slice(index + 1).flatMap((word) => (/^-|^$/.test(word) ? [] : [{ word, runner }]));
  });
}

/** Paths that a shell command hands to a JavaScript runner. */
function programsOf(command: string): readonly string[] {
  return command.split(/&&|\|\||;|\|/).flatMap((part) => {
    const words = part
      .replace(/["'\\]/g, ' ')
      .split(/\s+/)
      .filter((word) => word !== '');
    const runner = words.findIndex((word) => RUNNER.test(word));
    if (runner === -1) return [];
    return words.slice(runner + 1).filter((word, index, rest) => {
      const before = rest[index - 1];
      return !word.startsWith('-') && !RUNNER.test(word) && !(before !== undefined && TAKES_VALUE.has(before)) && /[./\w]/.test(word);
    });
  });
}
