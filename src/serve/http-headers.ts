/** Headers in the flat form Node gives and takes: name, value, name, value. */
export type RawHeaders = readonly string[];

/** One header line. */
export type HeaderLine = readonly [name: string, value: string];

export function headerLines(raw: RawHeaders): HeaderLine[] {
  const lines: HeaderLine[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) lines.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return lines;
}

/** All values of one header, in order. */
export const headerValues = (lines: readonly HeaderLine[], name: string): readonly string[] =>
  lines.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);

/** Leaves out what concerns one connection only (RFC 9110 §7.6.1), also what `Connection` names. */
export function withoutHopByHop(lines: readonly HeaderLine[]): HeaderLine[] {
  const named = headerValues(lines, 'connection').flatMap((value) => value.split(',').map((name) => name.trim().toLowerCase()));
  const dropped = new Set([...HOP_BY_HOP, ...named]);
  return lines.filter(([name]) => !dropped.has(name.toLowerCase()));
}

const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** What a gateway tells the application about the client: RFC 7239's older, common form. */
export function forwardedHeaders(lines: readonly HeaderLine[], remoteAddress: string, port: number): HeaderLine[] {
  const earlier = headerValues(lines, 'x-forwarded-for');
  const replaced = new Set(['x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto']);
  return [
    ...lines.filter(([name]) => !replaced.has(name.toLowerCase())),
    ['x-forwarded-for', [...earlier, remoteAddress].join(', ')],
    ['x-forwarded-port', headerValues(lines, 'x-forwarded-port')[0] ?? String(port)],
    ['x-forwarded-proto', headerValues(lines, 'x-forwarded-proto')[0] ?? 'http'],
  ];
}
