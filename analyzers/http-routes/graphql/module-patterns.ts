import type { LibraryHost } from '../../../src/model/boot-trace.ts';

const CODE = /(?<!\.d)\.[cm]?[jt]s$/;

/** Default exports, else modules, of the code files below the folder that a pattern starts with, those that fit its end. */
export function modulesLike<Value>(host: LibraryHost<Value>, pattern: Value | undefined): readonly Value[] {
  const written = host.see(pattern);
  if (written.kind !== 'constant' || typeof written.value !== 'string') return [];
  const text = written.value;
  const star = text.search(/[*{]/);
  const folder = star === -1 ? text : text.slice(0, text.lastIndexOf('/', star));
  const end = star === -1 ? '' : (/\*([\w.-]*?)(?:\.(?:[cm]?[jt]s|\{[\w,]+\}|\*))?$/.exec(text)?.[1] ?? '').replace(/\.$/, '');
  const files = host.filesBelow(host.constant(folder))?.files ?? [];
  return files
    .filter((file) => CODE.test(file) && file.replace(CODE, '').endsWith(end))
    .flatMap((file) => {
      const module = host.load(file);
      return module === undefined ? [] : [host.member(module, 'default') ?? module];
    });
}
