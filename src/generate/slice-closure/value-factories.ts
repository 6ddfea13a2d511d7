import { ownEntry } from '../../lib/own-entry.ts';

/**
 * Calls that only build a value: nobody notices when one is left out together with the constant that holds it.
 * By package (builtins without `node:`), the exports meant; `*` for all. Everything else a package does is kept.
 */
const VALUE_FACTORIES: Readonly<Record<string, readonly string[]>> = {
  express: ['Router', 'json', 'urlencoded', 'raw', 'text', 'static'],
  'express-async-handler': ['*'],
  'express-jwt': ['*'],
  'express-rate-limit': ['*'],
  'express-validator': ['*'],
  bcrypt: ['hashSync', 'genSaltSync'],
  bcryptjs: ['hashSync', 'genSaltSync'],
  'body-parser': ['*'],
  bunyan: ['createLogger'],
  compression: ['*'],
  'cookie-parser': ['*'],
  cors: ['*'],
  crypto: ['randomBytes', 'randomUUID', 'createHash', 'createHmac', 'createSecretKey'],
  dayjs: ['*'],
  debug: ['*'],
  events: ['*'],
  helmet: ['*'],
  'http-errors': ['*'],
  joi: ['*'],
  lodash: ['*'],
  luxon: ['*'],
  morgan: ['*'],
  ms: ['*'],
  multer: ['*'],
  nanoid: ['*'],
  os: ['*'],
  path: ['*'],
  pino: ['*'],
  superstruct: ['*'],
  url: ['*'],
  util: ['promisify', 'format', 'inspect'],
  uuid: ['*'],
  valibot: ['*'],
  winston: ['createLogger', 'format', 'transports'],
  yup: ['*'],
  zod: ['*'],
};

export function isValueFactory(name: string, path: readonly string[]): boolean {
  const exports = ownEntry(VALUE_FACTORIES, name);
  if (exports === undefined) return false;
  const first = path[0] === 'default' ? path[1] : path[0];
  return exports.includes('*') || (first !== undefined && exports.includes(first));
}

/** Global functions and namespaces whose calls only compute. */
export const PURE_GLOBALS: ReadonlySet<string> = new Set([
  'Array',
  'BigInt',
  'Boolean',
  'Buffer',
  'Date',
  'Error',
  'Intl',
  'JSON',
  'Map',
  'Math',
  'Number',
  'RegExp',
  'Set',
  'String',
  'Symbol',
  'TypeError',
  'URL',
  'URLSearchParams',
  'WeakMap',
  'WeakSet',
  'console',
  'decodeURIComponent',
  'encodeURIComponent',
  'isNaN',
  'parseFloat',
  'parseInt',
  'structuredClone',
]);

export const PURE_OBJECT_FUNCTIONS: ReadonlySet<string> = new Set(['create', 'entries', 'freeze', 'fromEntries', 'keys', 'values']);

/** Methods of strings, arrays and functions that only compute; given functions are looked at by themselves. */
export const PURE_METHODS: ReadonlySet<string> = new Set([
  'at',
  'bind',
  'concat',
  'endsWith',
  'entries',
  'every',
  'filter',
  'find',
  'findIndex',
  'flat',
  'flatMap',
  'forEach',
  'includes',
  'indexOf',
  'join',
  'keys',
  'map',
  'match',
  'padEnd',
  'padStart',
  'reduce',
  'repeat',
  'replace',
  'replaceAll',
  'slice',
  'some',
  'split',
  'startsWith',
  'substring',
  'test',
  'toFixed',
  'toISOString',
  'toLowerCase',
  'toString',
  'toUpperCase',
  'trim',
  'values',
]);

/** Methods that change the collection they are called on. */
export const MUTATING_METHODS: ReadonlySet<string> = new Set([
  'add',
  'fill',
  'pop',
  'push',
  'reverse',
  'set',
  'shift',
  'sort',
  'splice',
  'unshift',
]);
