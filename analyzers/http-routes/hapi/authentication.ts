import { constantText } from '../../../src/analyze/constant-text.ts';
import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { RouteAuthentication } from '../../../src/model/fact.ts';
import { schemeOfText } from '../routing/package-authentication.ts';
import type { TraceIndex } from '../routing/trace-index.ts';

/** The strategies that a route asks for: its own, else the server's default; none where it says `false` or only tries. */
export function authenticationOf(
  auth: BootValue | undefined,
  { effect, index }: { readonly effect: BootEffect; readonly index: TraceIndex },
): RouteAuthentication | undefined {
  const all = index.ofKind('hapi.authentication');
  const written = auth === undefined || isUndefined(auth) ? defaultOf(all) : { value: auth, at: effect.at };
  if (written === undefined || !isRequired(written.value)) return undefined;
  const names = strategiesIn(written.value);
  const [name] = names.length > 0 ? names : strategiesIn(defaultOf(all)?.value);
  if (name === undefined) return undefined;
  const strategy = all.find(({ verb, arguments: [given] }) => verb === 'strategy' && constantText(given) === name);
  const scheme = constantText(strategy?.arguments[1]);
  return { scheme: schemeOfText(scheme ?? name), by: `auth: ${JSON.stringify(name)}`, at: written.at };
}

const isUndefined = (value: BootValue): boolean => value.kind === 'constant' && value.value === undefined;

/** `auth.default(…)`, or a strategy that says so itself as older versions let it. */
function defaultOf(all: readonly BootEffect[]): { readonly value: BootValue; readonly at: BootEffect['at'] } | undefined {
  for (const { verb, at, arguments: given } of all) {
    const [first, , mode] = given;
    if (verb === 'default-strategy' && first !== undefined) return { value: first, at };
    const isDefault = mode?.kind === 'constant' && (mode.value === true || mode.value === 'required');
    if (verb === 'strategy' && isDefault && first !== undefined) return { value: first, at };
  }
  return undefined;
}

function isRequired(value: BootValue): boolean {
  if (value.kind === 'constant') return typeof value.value === 'string';
  if (value.kind !== 'object') return false;
  const mode = constantText(value.properties.mode);
  return mode === undefined || mode === 'required';
}

function strategiesIn(value: BootValue | undefined): readonly string[] {
  if (value?.kind !== 'object') return value === undefined ? [] : namesIn(value);
  const { strategy, strategies } = value.properties;
  return [strategy, strategies].flatMap((one) => (one === undefined ? [] : namesIn(one)));
}

const namesIn = (value: BootValue): readonly string[] =>
  (value.kind === 'array' ? value.elements : [value]).flatMap((one) => {
    const name = constantText(one);
    return name === undefined ? [] : [name];
  });
