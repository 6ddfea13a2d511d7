/** Options of `@fastify/autoload` that decide what it finds. */
export interface AutoloadRules {
  readonly isScript: (name: string) => boolean;
  readonly isIndex: (name: string) => boolean;
  readonly isAutoHooks: (name: string) => boolean;
  /** By the path below the folder, without a slash before it. */
  readonly isIgnored: (path: string) => boolean;
  /** By the path below the folder, with a slash before it. */
  readonly isWanted: (path: string) => boolean;
  /** The part of the prefix that a folder gives. */
  readonly prefixOf: (folder: string, name: string) => string | undefined;
  readonly autoHooks: boolean;
  readonly cascadeHooks: boolean;
  readonly overwriteHooks: boolean;
  readonly maximumDepth: number;
}

/** What is loaded of one folder. */
export interface AutoloadNode {
  readonly hooks: readonly string[];
  readonly plugins: readonly AutoloadPlugin[];
}

export interface AutoloadPlugin {
  readonly file: string;
  readonly prefix: string | undefined;
}

interface Place {
  /** Below the folder that is loaded; empty for itself. */
  readonly path: string;
  readonly prefix: string | undefined;
  readonly depth: number;
  readonly hooks: readonly string[];
}

/** The plugins and hooks below a folder in the order in which `@fastify/autoload` finds them; paths are below the folder. */
export function autoloadNodes(files: readonly string[], rules: AutoloadRules): readonly AutoloadNode[] {
  return nodesOf(files, rules, { path: '', prefix: undefined, depth: 0, hooks: [] });
}

function nodesOf(files: readonly string[], rules: AutoloadRules, place: Place): readonly AutoloadNode[] {
  const below = files.flatMap((file) =>
    place.path === '' ? [file] : file.startsWith(`${place.path}/`) ? [file.slice(place.path.length + 1)] : [],
  );
  const names = [...new Set(below.map((file) => file.split('/')[0] ?? ''))];
  const isFolder = (name: string): boolean => below.some((file) => file.startsWith(`${name}/`));
  const inside = (name: string): string => (place.path === '' ? name : `${place.path}/${name}`);
  const hooks = hooksOf(names, rules, place, inside);
  const plugin = (name: string): readonly AutoloadPlugin[] =>
    rules.isWanted(`/${inside(name)}`) ? [{ file: inside(name), prefix: place.prefix }] : [];

  const index = names.find(rules.isIndex);
  if (index !== undefined && !names.some(isFolder)) return [{ hooks, plugins: plugin(index) }];
  const others = names.filter((name) => !rules.isIgnored(inside(name)));
  const scripts = index === undefined ? others.filter((name) => !isFolder(name) && rules.isScript(name) && !rules.isAutoHooks(name)) : [];
  const folders = place.depth < rules.maximumDepth ? others.filter(isFolder) : [];
  return [
    { hooks, plugins: [...(index === undefined ? [] : plugin(index)), ...scripts.flatMap(plugin)] },
    ...folders.flatMap((name) => {
      const part = rules.prefixOf(place.path, name) ?? '';
      const prefix = (place.prefix === undefined ? '/' : `${place.prefix}/`) + part;
      const passed = rules.autoHooks && rules.cascadeHooks ? hooks : [];
      return nodesOf(files, rules, { path: inside(name), prefix, depth: place.depth + 1, hooks: passed });
    }),
  ];
}

function hooksOf(names: readonly string[], rules: AutoloadRules, place: Place, inside: (name: string) => string): readonly string[] {
  if (!rules.autoHooks) return [];
  const own = names.find(rules.isAutoHooks);
  if (own === undefined) return place.hooks;
  return [...(rules.overwriteHooks ? [] : place.hooks), inside(own)];
}

/** `/users/_id` and `/users/__id` of folders that name parameters. */
export function withRouteParameters(prefix: string): string {
  if (prefix.includes('__')) return prefix.replaceAll('__', ':');
  return prefix.replaceAll('/_', '/:');
}
