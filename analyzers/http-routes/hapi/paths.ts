/** Paths in Banyan's spelling: `{rest*}` and `{rest*2}` take several segments, `{id?}` may be missing. */
export function hapiPaths(written: string): readonly string[] {
  const whole = written.replace(/\{([\w-]+)\*\d*\}/g, '{$1+}');
  const normal = (path: string): string => `/${path}`.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  const optional = /\/?\{([\w-]+)\?\}/.exec(whole);
  if (optional === null) return [normal(whole)];
  const [before, after] = [whole.slice(0, optional.index), whole.slice(optional.index + optional[0].length)];
  return [normal(before + optional[0].replace('?}', '}') + after), normal(before + after)];
}
