/** The prefix of an instance below another one. */
export function joinPrefix(around: string, own: string): string {
  if (own === '') return around;
  if (around.endsWith('/') && own.startsWith('/')) return around + own.slice(1);
  return own.startsWith('/') ? around + own : `${around}/${own}`;
}

/** A route's path as it is written below a prefix: `/` is the prefix itself, unless a slash behind it is asked for. */
export function joinPath(prefix: string, path: string, trailingSlash: 'both' | 'slash' | 'no-slash' | undefined): string {
  if (path === '/' && prefix !== '' && trailingSlash !== 'slash') return prefix;
  if (prefix.endsWith('/') && path.startsWith('/')) return prefix + path.slice(1);
  return prefix + path;
}

/** Paths in Banyan's spelling: one, or two where the last parameter may be missing. */
export function toNeutralPaths(written: string): readonly string[] {
  const optional = /\/:\w+(?:\(.*\))?\?$/.exec(written);
  if (optional !== null) {
    const without = written.slice(0, optional.index);
    return [rename(without === '' ? '/' : without), rename(written.slice(0, -1))];
  }
  return [rename(written)];
}

/** `:id`, `:id(^\\d+$)`, `::` for a colon, and `*`. */
function rename(written: string): string {
  let path = '';
  for (let index = 0; index < written.length; ) {
    const rest = written.slice(index);
    const parameter = /^:(\w+)/.exec(rest);
    if (rest.startsWith('::')) {
      path += ':';
      index += 2;
    } else if (parameter === null) {
      path += rest.charAt(0);
      index += 1;
    } else {
      path += `{${parameter[1]}}`;
      index += parameter[0].length;
      index = endOfGroup(written, index);
    }
  }
  return path.startsWith('/') || path.startsWith('*') ? path.replace(/\/{2,}/g, '/') : `/${path}`;
}

/** Behind the expression in parentheses that starts at an offset, if one does. */
function endOfGroup(text: string, start: number): number {
  if (text[start] !== '(') return start;
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === '(') depth += 1;
    else if (text[index] === ')') {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return text.length;
}
