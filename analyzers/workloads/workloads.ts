import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { type OutsideCall, outsideCalls } from '../../src/analyze/outside-calls.ts';
import { ownEntry } from '../../src/lib/own-entry.ts';
import type { WorkloadFact } from '../../src/model/fact.ts';
import type { Expression } from '../../src/model/file-syntax.ts';
import type { ProgramQueries } from '../../src/model/program.ts';

/** Finds work that says where code can run: children, threads, heavy computation, browsers, long answers, files, process events. */
export const workloads = defineAnalyzer({
  name: 'workloads',
  produces: ['workload'],

  *analyze({ program }) {
    const told = new Set<string>();
    for (const fact of [...packageWork(program), ...eventStreams(program)]) {
      const key = `${fact.symbol}\n${fact.workload}\n${fact.summary}`;
      if (told.has(key)) continue;
      told.add(key);
      yield fact;
    }
  },
});

interface Work {
  readonly workload: WorkloadFact['workload'];
  readonly says: string;
  /** Exports or methods that do it, by the last name of the way to them; absent for all. */
  readonly by?: RegExp;
  /** Whether the same at start-up says something, too. */
  readonly atStartUp?: true;
}

const child: Work = { workload: 'child-process', says: 'starts programs', atStartUp: true };
const computes = (says: string, by?: RegExp): Work => ({ workload: 'cpu-heavy', says, ...(by === undefined ? {} : { by }) });
const HASHES = /^(?:hash|hashSync|compare|compareSync|genSalt|genSaltSync|verify)$/;

/** By package; a package without an entry says nothing. */
const works: Readonly<Record<string, readonly Work[]>> = {
  child_process: [{ ...child, by: /^(?:exec|execFile|spawn|fork)(?:Sync)?$/ }],
  execa: [child],
  shelljs: [{ ...child, by: /^exec$/ }],
  'fluent-ffmpeg': [{ workload: 'cpu-heavy', says: 'converts media in a program of its own' }],
  worker_threads: [{ workload: 'worker-thread', says: 'starts threads', by: /^Worker$/, atStartUp: true }],
  cluster: [{ workload: 'child-process', says: 'starts copies of itself', by: /^fork$/, atStartUp: true }],
  piscina: [{ workload: 'worker-thread', says: 'starts threads', atStartUp: true }],
  crypto: [computes('derives keys', /^(?:pbkdf2|scrypt|generateKeyPair|generatePrime)(?:Sync)?$/)],
  'node-forge': [computes('derives keys', /^(?:generateKeyPair|pbkdf2)$/)],
  zlib: [
    computes('compresses', /^(?:gzip|deflate|deflateRaw|brotliCompress)(?:Sync)?$/),
    computes('unpacks compressed data', /^(?:gunzip|inflate|inflateRaw|unzip|brotliDecompress)Sync$/),
  ],
  pako: [computes('compresses', /^(?:gzip|deflate|deflateRaw)$/), computes('unpacks compressed data', /^(?:ungzip|inflate|inflateRaw)$/)],
  fflate: [
    computes('compresses', /^(?:gzip|zlib|deflate|zip|compress)Sync$/),
    computes('unpacks compressed data', /^(?:gunzip|unzlib|inflate|unzip|decompress)Sync$/),
  ],
  'adm-zip': [computes('packs archives')],
  bcrypt: [computes('hashes passwords', HASHES)],
  bcryptjs: [computes('hashes passwords', HASHES)],
  '@node-rs/bcrypt': [computes('hashes passwords', HASHES)],
  argon2: [computes('hashes passwords', HASHES)],
  '@node-rs/argon2': [computes('hashes passwords', HASHES)],
  sharp: [computes('changes images')],
  jimp: [computes('changes images')],
  canvas: [computes('draws images', /^createCanvas$/)],
  '@napi-rs/canvas': [computes('draws images', /^createCanvas$/)],
  imagemin: [computes('changes images')],
  blurhash: [computes('reads images', /^encode$/)],
  '@tensorflow/tfjs-node': [computes('runs a model')],
  'onnxruntime-node': [computes('runs a model', /^run$/)],
  gm: [computes('changes images')],
  tesseract: [computes('reads text in images')],
  'tesseract.js': [computes('reads text in images')],
  'pdf-parse': [computes('reads PDF files')],
  pdfkit: [computes('makes PDF files')],
  'pdf-lib': [computes('makes PDF files')],
  pdfmake: [computes('makes PDF files')],
  'html-pdf': [computes('makes PDF files')],
  '@react-pdf/renderer': [computes('makes PDF files', /^render/)],
  exceljs: [computes('makes spreadsheets')],
  xlsx: [computes('makes spreadsheets', /^(?:read|write|readFile|writeFile|sheet_to_json|json_to_sheet)$/)],
  archiver: [computes('packs archives')],
  jszip: [computes('packs archives')],
  puppeteer: [{ workload: 'browser', says: 'runs a browser', by: /^launch$/ }],
  'puppeteer-core': [{ workload: 'browser', says: 'runs a browser', by: /^launch$/ }],
  playwright: [{ workload: 'browser', says: 'runs a browser', by: /^launch/ }],
  'playwright-core': [{ workload: 'browser', says: 'runs a browser', by: /^launch/ }],
  fs: [{ workload: 'local-read', says: 'reads local files', by: /^(?:readFile|readdir|createReadStream|opendir|readJson)(?:Sync)?$/ }],
  'fs-extra': [
    { workload: 'local-read', says: 'reads local files', by: /^(?:readFile|readdir|createReadStream|opendir|readJson)(?:Sync)?$/ },
  ],
  globals: [{ workload: 'process-event', says: 'listens to the process', by: /^(?:on|once|addListener)$/, atStartUp: true }],
};

const GLOBALS: ReadonlySet<string> = new Set(['process']);

function packageWork(program: ProgramQueries): readonly WorkloadFact[] {
  const calls = [...outsideCalls(program, { isPackage: (name) => Object.hasOwn(works, name), globals: GLOBALS })];
  return calls.flatMap((call) => {
    const last = call.path.findLast((part) => part !== '()' && part !== 'default') ?? 'default';
    const work = ownEntry(works, call.package)?.find(
      ({ by, atStartUp }) => (by?.test(last) ?? true) && (atStartUp === true || call.call.owner !== 0),
    );
    return work === undefined ? [] : [toFact(program, call, work, last)];
  });
}

function toFact(
  program: ProgramQueries,
  { module, call, package: name, path }: OutsideCall,
  { workload, says, by }: Work,
  last: string,
): WorkloadFact {
  const [first] = call.arguments;
  const event = first?.kind === 'literal' ? String(first.value) : 'an event';
  const what =
    name === 'globals' ? `${path.slice(0, 2).join('.')}('${event}')` : by === undefined || last === 'default' ? name : `${name}.${last}`;
  return {
    kind: 'workload',
    workload,
    symbol: program.symbolAt(module.id, call.owner),
    summary: `${says}: ${what}`,
    at: program.location(module.id, call.span.start),
  };
}

/** Server-sent events: an answer of that type is open for as long as the client listens. */
function* eventStreams(program: ProgramQueries): Iterable<WorkloadFact> {
  for (const module of program.program.modules) {
    if (module.role !== 'source') continue;
    for (const call of module.syntax.calls) {
      if (call.callee.kind !== 'member' || !ANSWERS.has(call.callee.property) || !call.arguments.some(isEventStream)) continue;
      yield {
        kind: 'workload',
        workload: 'long-response',
        symbol: program.symbolAt(module.id, call.owner),
        summary: 'keeps an answer open: server-sent events',
        at: program.location(module.id, call.span.start),
      };
    }
  }
}

const ANSWERS: ReadonlySet<string> = new Set(['setHeader', 'writeHead', 'set', 'header', 'type', 'contentType', 'append']);

function isEventStream(expression: Expression): boolean {
  if (expression.kind === 'literal') return typeof expression.value === 'string' && expression.value.startsWith('text/event-stream');
  return expression.kind === 'object' && expression.properties.some(({ value }) => isEventStream(value));
}
