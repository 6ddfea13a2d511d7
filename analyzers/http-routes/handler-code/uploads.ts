import { doersOf } from '../../../src/analyze/doers.ts';
import { outsideCalls } from '../../../src/analyze/outside-calls.ts';
import { ownEntry } from '../../../src/lib/own-entry.ts';
import { once } from '../../../src/lib/remember.ts';
import type { ChainLink, RouteFact } from '../../../src/model/fact.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';

const busboy = /^(?:|Busboy)$/;

/** Packages that take files out of a request that code hands to them, and the way to what does. */
const PARSERS: Readonly<Record<string, RegExp>> = {
  busboy,
  '@fastify/busboy': busboy,
  'connect-busboy': /^$/,
  formidable: /^(?:|formidable|Formidable|IncomingForm)(?:\.?parse)?$/,
  multiparty: /^Form(?:\.parse)?$/,
  multer: /^(?:single|array|fields|any)$/,
};

/** Tells routes whose code itself, or code that it calls, takes files out of requests. */
export function createUploads(program: ProgramQueries): (route: RouteFact) => RouteFact {
  const parsers = once(() => doersOf(program, parsings(program)));
  return (route) => {
    if (route.chain.some(({ role }) => role === 'upload')) return route;
    const [found] = route.chain.flatMap((link) => {
      const upload =
        (link.role === 'middleware' || link.role === 'handler') && link.symbol !== undefined ? parsers().get(link.symbol) : undefined;
      return upload === undefined ? [] : [{ link, upload }];
    });
    return found === undefined
      ? route
      : { ...route, chain: route.chain.flatMap((link) => (link === found.link ? told(link, found.upload) : [link])) };
  };
}

/** A handler stays one: what it takes files with stands before it. */
const told = (link: ChainLink, upload: ChainLink): readonly ChainLink[] =>
  link.role === 'handler' ? [upload, link] : [{ ...link, role: 'upload' }];

/** Functions that hand requests to a parser, and the link that stands for it. */
function* parsings(program: ProgramQueries): Iterable<readonly [SymbolId, ChainLink]> {
  const isPackage = (name: string): boolean => Object.hasOwn(PARSERS, name);
  for (const { module, call, package: origin, path } of outsideCalls(program, { isPackage, globals: new Set() })) {
    const way = path.filter((part) => part !== 'default' && part !== '()').join('.');
    if (call.owner === 0 || ownEntry(PARSERS, origin)?.test(way) !== true) continue;
    const at = program.location(module.id, call.span.start);
    yield [program.symbolAt(module.id, call.owner), { role: 'upload', package: origin, name: `${origin}()`, scope: 'route', at }];
  }
}
