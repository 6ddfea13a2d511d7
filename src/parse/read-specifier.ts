import { posix } from 'node:path';
import type { Expression } from '../model/file-syntax.ts';
import { type Extraction, lookup } from './extraction.ts';

/** What `require(…)` or `import(…)` names: a string, or a file beside the module as `path.join(__dirname, 'books.js')` says it. */
export function readSpecifier(x: Extraction, source: Expression | undefined): { readonly specifier?: string } {
  if (source?.kind === 'literal') return typeof source.value === 'string' ? { specifier: source.value } : {};
  const path = source === undefined ? undefined : readOwnFolder(x, source);
  if (path === undefined) return {};
  const relative = posix.normalize(path);
  return { specifier: relative.startsWith('../') ? relative : `./${relative}` };
}

/** The rest of a path that starts from the module's own folder. */
function readOwnFolder(x: Extraction, source: Expression): string | undefined {
  const [first, ...rest] = partsOf(x, source);
  if (first?.kind !== 'name' || first.name !== '__dirname' || lookup(x.scope, '__dirname') !== undefined || rest.length === 0)
    return undefined;
  const texts = rest.flatMap((part) => (part.kind === 'literal' && typeof part.value === 'string' ? [part.value] : []));
  const isPath = texts.length === rest.length && (source.kind === 'call' || texts[0]?.startsWith('/') === true);
  return isPath ? texts.join(source.kind === 'call' ? '/' : '').replace(/^\//, '') : undefined;
}

function partsOf(x: Extraction, source: Expression): readonly Expression[] {
  if (source.kind === 'concatenation') return source.parts;
  if (source.kind === 'template' && source.quasis[0] === '' && source.expressions.length === 1) {
    const [folder] = source.expressions;
    return folder === undefined ? [] : [folder, { kind: 'literal', value: source.quasis[1] ?? '', span: source.span }];
  }
  if (source.kind !== 'call') return [];
  const call = x.calls[source.call];
  const isResolving = call !== undefined && joins(x, call.callee) === 'resolve';
  const parts = call === undefined || joins(x, call.callee) === undefined ? [] : call.arguments;
  // `resolve` starts again at an absolute part.
  const isRestarted = isResolving && parts.slice(1).some((part) => part.kind === 'literal' && String(part.value).startsWith('/'));
  return isRestarted ? [] : parts;
}

/** Whether a callee is `join` or `resolve` of `node:path`. */
function joins(x: Extraction, callee: Expression): 'join' | 'resolve' | undefined {
  const [local, property] =
    callee.kind === 'member' && callee.object.kind === 'name'
      ? [callee.object.name, callee.property]
      : callee.kind === 'name'
        ? [callee.name, undefined]
        : [undefined, undefined];
  const bindings = x.imports.flatMap((one) => (/^(?:node:)?path$/.test(one.specifier ?? '') ? one.bindings : []));
  const binding = bindings.find((one) => one.local === local);
  const isWhole = binding?.imported === '*' || binding?.imported === 'default' || binding?.imported === 'posix';
  const name = isWhole ? property : property === undefined ? binding?.imported : undefined;
  return name === 'join' || name === 'resolve' ? name : undefined;
}
