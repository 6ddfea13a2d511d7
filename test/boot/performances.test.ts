import { expect, test } from 'vitest';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { manifestOf } from '../support/findings.ts';
import { traceOf } from '../support/trace.ts';

/** A library whose shelves are filled by functions that it calls later, or by the modules of a folder. */
const shelves: LibraryModel = {
  name: 'shelves',
  packages: ['shelves'],
  exports: { default: { returns: { object: 'shelves.shelf' } } },
  objects: {
    'shelves.shelf': {
      awaited: {
        performs(host) {
          host.settle();
          return host.receiver ?? host.unknown();
        },
      },
      members: {
        put: { records: 'put', returns: 'self' },
        name: {
          performs({ given: [name, value], receiver, see, assign, unknown }) {
            const known = see(name);
            if (receiver !== undefined && value !== undefined && known.kind === 'constant') assign(receiver, String(known.value), value);
            return receiver ?? unknown();
          },
        },
        fill: {
          performs(host) {
            const [written] = host.given;
            const filler = written === undefined ? undefined : host.callable(written);
            if (filler === undefined) host.unclear();
            else
              host.later(() => {
                const shelf = host.make('shelves.shelf', {
                  arguments: [],
                  ...(host.receiver === undefined ? {} : { inherits: host.receiver }),
                });
                host.record({ verb: 'fill', arguments: [filler], result: shelf });
                host.call(filler, [shelf]);
              });
            return host.receiver ?? host.unknown();
          },
        },
        fillFrom: {
          performs(host) {
            for (const folder of host.given)
              for (const file of host.filesBelow(folder)?.files ?? []) {
                const filler = host.callable(host.load(file) ?? host.unknown());
                if (filler !== undefined && host.receiver !== undefined) host.call(filler, [host.receiver]);
              }
            return host.unknown();
          },
        },
      },
    },
  },
  command: {
    name: 'shelve',
    performs(host) {
      const [module] = host.given;
      const filler = module === undefined ? undefined : host.callable(module);
      return filler === undefined ? host.unknown() : host.call(filler, [host.make('shelves.shelf', { arguments: [] })]);
    },
  },
};

const traced = (files: Readonly<Record<string, string>>, options: Parameters<typeof traceOf>[1] = { entries: ['src/main.ts'] }) => {
  const { trace, diagnostics } = traceOf({ files }, { ...options, models: [shelves] });
  const put = trace.effects
    .filter(({ verb }) => verb === 'put')
    .map(({ arguments: [book], guards }) =>
      [book?.kind === 'constant' ? book.value : book?.kind, ...guards.map(({ text }) => text)].join(' if '),
    );
  return { put, codes: diagnostics.map(({ code }) => code) };
};

const main = (code: string): Readonly<Record<string, string>> => ({
  'src/main.ts': `import make from 'shelves';\nconst shelf = make();\n${code}`,
  'src/novels.ts': `export default async (shelf) => { shelf.put('novel'); };`,
  'src/dramas.js': `module.exports = (shelf) => { shelf.put('drama'); };`,
  'src/rooms/poems.ts': `export default (shelf) => { shelf.put('poem'); };`,
});

test.each([
  ['is called when the code around it has ended', `shelf.fill((s) => s.put('late')); shelf.put('early');`, ['early', 'late']],
  ['is called when the code waits', `await shelf.fill((s) => s.put('first')); shelf.put('second');`, ['first', 'second']],
  [
    'ends with what it puts off itself',
    `shelf.fill((s) => { s.fill((t) => t.put('inner')); s.put('outer'); }); shelf.fill((s) => s.put('next'));`,
    ['outer', 'inner', 'next'],
  ],
  ['keeps its conditions', `if (process.argv.length > 2) shelf.fill((s) => s.put('rare'));`, ['rare if process.argv.length > 2']],
  ['may be a module that is loaded', `shelf.fill(import('./novels'));`, ['novel']],
  ['may be what a module gives that is loaded later', `(async () => { await 0; shelf.fill(require('./dramas')); })();`, ['drama']],
  [
    'is given an object with the names of the one around it',
    `shelf.fill((s) => s.put(s.color)); shelf.name('color', 'red'); shelf.fill((s) => s.name('own', 1)); shelf.fill((s) => s.put(s.own));`,
    ['red', 'unknown'],
  ],
  [`finds modules by their folder`, `import path from 'node:path'; shelf.fillFrom(path.join(__dirname, 'rooms'));`, ['poem']],
])('what the code of a model puts off %s', (_title, code, expected) => {
  expect(traced(main(code)).put).toEqual(expected);
});

test('says what it cannot tell', () => {
  expect(traced(main(`shelf.fill(globalThis.filler);`))).toEqual({ put: [], codes: ['unknown-call-target'] });
});

test('the code of a model starts modules as its command does in package scripts', () => {
  const files = { 'src/novels.ts': `export default async (shelf) => { shelf.put('novel'); };` };
  const packages = [{ ...manifestOf('.'), scripts: { start: 'npm run build && shelve start -l info dist/novels.js' } }];
  expect(traced(files, { packages }).put).toEqual(['novel']);
});
