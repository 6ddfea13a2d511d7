import type { BootValue } from '../../../src/model/boot-trace.ts';

/** A path given to Express, as far as it is known. */
export type PathReading =
  /** `unknown` is the code as written when parts of the path are known only at start-up; they stand in it as `<name>`. */
  | { readonly kind: 'path'; readonly written: string; readonly unknown?: string }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string };

/** Every path that an argument stands for; lists give one each, defaults of unset configuration are taken. */
export function readPaths(value: BootValue): readonly PathReading[] {
  switch (value.kind) {
    case 'constant':
      return [typeof value.value === 'string' ? { kind: 'path', written: value.value } : unknownPath(String(value.value))];
    case 'pattern':
      return [{ kind: 'pattern', source: value.source, flags: value.flags }];
    case 'array':
      return [...value.elements.flatMap(readPaths), ...(value.complete ? [] : [unknownPath('…')])];
    case 'environment':
      return value.default === undefined ? [unknownPath(`process.env.${value.name}`)] : readPaths(value.default);
    case 'template': {
      const fill = (show: (hole: string) => string): string =>
        value.parts.map((part, index) => part + showHole(value.holes[index], show)).join('');
      return [{ kind: 'path', written: fill(nameHole), unknown: fill((hole) => `\${${hole}}`) }];
    }
    case 'union': {
      const known = value.options.filter((option) => option.kind === 'constant' && typeof option.value === 'string');
      return known.length > 0 ? known.flatMap(readPaths) : value.options.slice(0, 1).flatMap(readPaths);
    }
    case 'unknown':
      return [unknownPath(value.text ?? 'unknown')];
    case 'external':
      return [unknownPath(externalText(value))];
    default:
      return [unknownPath(value.kind)];
  }
}

function externalText(value: Extract<BootValue, { kind: 'external' }>): string {
  const callee = [value.package, ...value.path.filter((name) => name !== 'default' && name !== '()')].join('.');
  const given = (value.arguments ?? []).map((argument) => (argument.kind === 'constant' ? JSON.stringify(argument.value) : '…'));
  return value.called ? `${callee}(${given.join(', ')})` : callee;
}

const unknownPath = (text: string): PathReading => ({ kind: 'path', written: nameHole(text), unknown: text });

const showHole = (hole: string | undefined, show: (hole: string) => string): string => (hole === undefined ? '' : show(hole));

const LONGEST_NAME = 40;

/** `<API_PREFIX>` for `process.env.API_PREFIX`, `<config.api.prefix>`: a name that no path syntax gives a meaning. */
export function nameHole(text: string): string {
  const name = text
    .replace(/^process\.env\./, '')
    .replace(/[^\w-]+/g, '.')
    .replace(/^\.+|\.+$/g, '')
    .slice(0, LONGEST_NAME);
  return `<${name === '' ? 'unknown' : name}>`;
}

/** Whether an argument of `use` can only be a path, can only be something else, or is not known. */
export function pathLikeness(value: BootValue): 'path' | 'other' | 'unknown' {
  switch (value.kind) {
    case 'constant':
      return typeof value.value === 'string' ? 'path' : 'other';
    case 'template':
    case 'pattern':
    case 'environment':
      return 'path';
    case 'array': {
      const [first] = value.elements;
      return first === undefined ? 'other' : pathLikeness(first);
    }
    case 'union': {
      const answers = value.options.map(pathLikeness);
      return answers.includes('path') ? 'path' : answers.includes('other') ? 'other' : 'unknown';
    }
    case 'unknown':
      return 'unknown';
    case 'external':
      return CONFIGURATION_PACKAGES.has(value.package) ? 'path' : 'other';
    default:
      return 'other';
  }
}

/** Packages whose values are settings, never middleware. */
const CONFIGURATION_PACKAGES: ReadonlySet<string> = new Set([
  ...['config', 'convict', 'nconf', 'rc', 'dotenv', 'getenv', 'env-var', 'envalid', 'znv', 'zod', 'joi', 'yup', 'env-schema'],
  ...['@t3-oss/env-core', 'node-config-ts', 'dotenv-extended', 'cosmiconfig'],
]);

/**
 * Paths in Banyan's spelling, parameters as `{name}`: one, or two where the last part is optional. A wildcard with a name
 * (`/*splat`, `:rest(*)`) is `{splat+}`, one without stays `*`.
 */
export function toNeutralPaths(written: string): readonly string[] {
  return [...new Set(withoutOptional(withPlainNames(written)).map((path) => normalise(rename(path))))];
}

/** A part of a parameter's name that is not known changes nothing of what the path matches: `:<kind>Id` is `:kindId`. */
const withPlainNames = (written: string): string =>
  written.replace(/:(?:\w|<[^<>/]+>)+/g, (name) => (name.includes('<') ? `:${name.replace(/\W/g, '')}` : name));

/** Whether a path has a part that only a start makes known. */
export const hasUnknownPart = (path: string): boolean => HAS_UNKNOWN.test(path);

/** `/a{/:b}` (Express 5) and `/a/:b?` (Express 4) stand for two paths. */
function withoutOptional(written: string): readonly string[] {
  const group = /\{([^{}]*)\}/.exec(written);
  if (group !== null) return both(written, group, group[1] ?? '');
  const parameter = /\/?:\w+(\((?:[^()\\]|\\.)*\))?\?/.exec(written);
  if (parameter !== null) return both(written, parameter, parameter[0].slice(0, -1));
  return [written];
}

const both = (written: string, found: RegExpExecArray, content: string): readonly string[] => {
  const [before, after] = [written.slice(0, found.index), written.slice(found.index + found[0].length)];
  return [...withoutOptional(before + content + after), ...withoutOptional(before + after)];
};

const TOKEN = /:(\w+)(\((?:[^()\\]|\\.)*\))?([*+])?|\*(\w+)?|\((?:\?:)?(?:[^()\\]|\\.)*\)([*+?])?|\\(.)/g;

function rename(path: string): string {
  return path.replace(
    TOKEN,
    (token, parameter?: string, constraint?: string, repeat?: string, splat?: string, _suffix?: string, escaped?: string) => {
      if (parameter !== undefined)
        return repeat !== undefined || constraint === '(*)' || constraint === '(.*)' ? `{${parameter}+}` : `{${parameter}}`;
      if (escaped !== undefined) return escaped;
      return token.startsWith('*') && splat !== undefined ? `{${splat}+}` : '*';
    },
  );
}

function normalise(path: string): string {
  const slashed = `/${path}`.replace(/\/{2,}/g, '/');
  return slashed.length > 1 && slashed.endsWith('/') ? slashed.slice(0, -1) : slashed;
}

export const joinPaths = (prefix: string, path: string): string => normalise(`${prefix}/${path}`);

/** A wildcard at the start of a segment, one that is the whole segment, and one anywhere in it. */
const STARTS_WILD = /^(?:\{\w+\+\}|\*)/;
const IS_WILD = /^(?:\{\w+\+\}|\*)$/;
const HAS_WILD = /\{\w+\+\}|\*/;
const HAS_HOLE = /[{*]/;
/** A part that is known only at start-up, and may stand for several segments or for none. */
const HAS_UNKNOWN = /<[^<>/]+>/;

/** How a middleware mounted at `prefix` meets requests for a route: for all of them, for some, or never. */
export function prefixMatch(prefix: string, route: string): 'always' | 'sometimes' | 'never' {
  if (prefix === '/') return 'always';
  const wanted = prefix.split('/').filter((part) => part !== '');
  const given = route.split('/').filter((part) => part !== '');
  let answer: 'always' | 'sometimes' = 'always';
  for (const [index, part] of wanted.entries()) {
    if (STARTS_WILD.test(part)) return answer;
    const own = given[index];
    if (HAS_UNKNOWN.test(part) || (own !== undefined && HAS_UNKNOWN.test(own))) {
      if (own === part) continue;
      return 'sometimes';
    }
    if (own === undefined) return 'never';
    if (IS_WILD.test(own)) return 'sometimes';
    if (matchesPart(part, own)) {
      if (HAS_WILD.test(part)) return answer;
      continue;
    }
    if (!HAS_HOLE.test(own)) return 'never';
    answer = 'sometimes';
  }
  return answer;
}

/** How a middleware that stands at one path, or below a wildcard at its end, meets requests for a route. */
export function wholeMatch(path: string, route: string): 'always' | 'sometimes' | 'never' {
  const [wanted, given] = [path, route].map((one) => one.split('/').filter((part) => part !== ''));
  if (STARTS_WILD.test(wanted?.at(-1) ?? '') || wanted?.length === given?.length) return prefixMatch(path, route);
  const isOpen = IS_WILD.test(given?.at(-1) ?? '') || HAS_UNKNOWN.test(path) || HAS_UNKNOWN.test(route);
  return isOpen && prefixMatch(path, route) !== 'never' ? 'sometimes' : 'never';
}

function matchesPart(pattern: string, part: string): boolean {
  if (!HAS_HOLE.test(pattern)) return pattern.toLowerCase() === part.toLowerCase();
  if (/^\{\w+\}$/.test(pattern)) return true;
  const pieces = pattern.split(/\{\w+\+?\}|\*/).map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`, 'i').test(part);
}
