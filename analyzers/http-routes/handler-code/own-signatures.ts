import { doersOf } from '../../../src/analyze/doers.ts';
import { outsideCalls } from '../../../src/analyze/outside-calls.ts';
import { ownEntry } from '../../../src/lib/own-entry.ts';
import type { CallSyntax, Expression } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type FunctionCode, functionCode } from '../routing/function-code.ts';
import type { SignatureCheck } from './signature-check.ts';
import { SIGNATURE_HEADERS } from './signature-libraries.ts';

/**
 * Code that makes a keyed hash, compares it in constant time, and takes what it is compared with from a header whose name
 * says that it is a signature.
 */
export function createOwnSignatures(program: ProgramQueries): (symbol: SymbolId) => Omit<SignatureCheck, 'at'> | undefined {
  const comparing = comparers(program);
  return (symbol) => {
    if (!comparing.has(symbol)) return undefined;
    const codes = within(program, symbol).flatMap((one) => functionCode(program, one) ?? []);
    const [header] = codes.flatMap((code) => [...signatureHeaders(program, code)]);
    return header === undefined ? undefined : { by: `HMAC in ${header}`, ...providerOf(header, codes) };
  };
}

/** Functions that compare in constant time what they, or what they call, made with a key. */
function comparers(program: ProgramQueries): ReadonlySet<SymbolId> {
  const calls = [...outsideCalls(program, { isPackage: (name) => name === 'crypto', globals: new Set() })].filter(
    ({ call }) => call.owner !== 0,
  );
  const callersOf = (name: string): ReadonlyMap<SymbolId, true> =>
    doersOf(
      program,
      calls.filter(({ path }) => path.at(-1) === name).map(({ module, call }) => [program.symbolAt(module.id, call.owner), true] as const),
    );
  const [hashing, comparing] = [callersOf('createHmac'), callersOf('timingSafeEqual')];
  return new Set([...comparing.keys()].filter((symbol) => hashing.has(symbol)));
}

const FARTHEST = 2;

/** A function and those of the program that it calls, a few calls deep. */
function within(program: ProgramQueries, symbol: SymbolId): readonly SymbolId[] {
  const found = new Set([symbol]);
  let latest: readonly SymbolId[] = [symbol];
  for (let depth = 0; depth < FARTHEST; depth += 1) {
    latest = latest
      .flatMap((one) => program.callsFrom(one).flatMap(({ to, kind }) => (kind === 'call' ? [to] : [])))
      .filter((one) => !found.has(one));
    for (const one of latest) found.add(one);
  }
  return [...found];
}

const SIGNATURE = /(?:^|[-_])(?:signature|hmac)(?:[-_]|$)|^x-hub-signature/i;
const READERS: ReadonlySet<string> = new Set(['get', 'header', 'Headers', 'getHeader', 'getRequestHeader']);

/** `request.headers['x-signature']`, `request.get('x-signature')`, `@Headers('x-signature')`. */
function* signatureHeaders(program: ProgramQueries, code: FunctionCode): Iterable<string> {
  const isSignature = (text: string | undefined): text is string => text !== undefined && SIGNATURE.test(text);
  const read = [
    ...code.calls.flatMap((call) => (READERS.has(nameOf(call)) ? call.arguments.slice(-1) : [])),
    ...code.expressions.flatMap((one) => (one.kind === 'index' && isHeaders(one.object) ? [one.index] : [])),
  ];
  const texts = [
    ...read.map((one) => textOf(program, code, one)),
    ...code.expressions.flatMap((one) => (one.kind === 'member' && isHeaders(one.object) ? [one.property] : [])),
    ...code.declarations.flatMap(({ bindingPath = [] }) => bindingPath.filter((part) => part.includes('-'))),
  ];
  for (const text of texts) if (isSignature(text)) yield text.toLowerCase();
}

const nameOf = ({ callee }: CallSyntax): string => (callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '');

const isHeaders = (object: Expression): boolean =>
  (object.kind === 'member' && object.property === 'headers') || (object.kind === 'name' && object.name === 'headers');

/** A text as it is written, or the constant that a name stands for. */
function textOf(program: ProgramQueries, { module, index }: FunctionCode, expression: Expression): string | undefined {
  if (expression.kind === 'literal') return typeof expression.value === 'string' ? expression.value : undefined;
  if (expression.kind !== 'name') return undefined;
  const referent = program.resolveName(module.id, index, expression.name, expression.span.start);
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const initializer = found?.module.syntax.declarations[found.index]?.initializer;
  return initializer?.kind === 'literal' && typeof initializer.value === 'string' ? initializer.value : undefined;
}

/** GitHub shares its header with others, but not those that name the event. */
function providerOf(header: string, codes: readonly FunctionCode[]): Pick<SignatureCheck, 'provider'> {
  const isGithub = /^x-hub-signature/.test(header) && codes.some(({ texts }) => [...texts].some((one) => /^x-github-/i.test(one)));
  const provider = isGithub ? 'github' : ownEntry(SIGNATURE_HEADERS, header);
  return provider === undefined ? {} : { provider };
}
