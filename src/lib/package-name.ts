/** Splits `@scope/name/deep/path` into the package and the path below it. */
export function splitPackage(specifier: string): { readonly name: string; readonly subpath: string } {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), subpath: parts.slice(length).join('/') };
}

/** `mysql2` for `mysql2/promise`, `@company/client` for `@company/client/pool`. */
export const rootPackage = (specifier: string): string => splitPackage(specifier).name;

/** Whether a specifier can be the name of a published package (aliases such as `@/x` and `~/x` cannot). */
export const isPackageName = (specifier: string): boolean => /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9-][a-z0-9._-]*(\/|$)/i.test(specifier);
