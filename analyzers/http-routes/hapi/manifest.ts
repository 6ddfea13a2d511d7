import type { LibraryHost } from '../../../src/model/boot-trace.ts';
import { registerPlugin } from './registration.ts';

/** `Glue.compose(manifest, { relativeTo })`: a server with the plugins that the manifest lists, by value or by path. */
export function composeManifest<Value>(host: LibraryHost<Value>): Value {
  const [manifest, settings] = host.given;
  const options = host.member(manifest, 'server');
  const server = host.make('hapi.server', { arguments: options === undefined ? [] : [options] });
  const register = host.member(manifest, 'register');
  const plugins = register === undefined ? undefined : (host.member(register, 'plugins') ?? register);
  if (plugins === undefined) return server;
  const { values, complete } = host.elements(plugins);
  if (!complete) host.unclear();
  const folder = host.member(settings, 'relativeTo');
  for (const value of values) registerPlugin(host, server, loaded(host, value, folder));
  return server;
}

/** The entry with its plugin in the place of the path that names it. */
function loaded<Value>(host: LibraryHost<Value>, entry: Value, folder: Value | undefined): Value {
  const written = pathOf(host, entry);
  if (written !== undefined) return fileAt(host, written, folder) ?? entry;
  const inner = host.see(entry).kind === 'object' ? host.member(entry, 'plugin') : undefined;
  const path = inner === undefined ? undefined : pathOf(host, inner);
  const plugin = path === undefined ? undefined : fileAt(host, path, folder);
  return plugin === undefined ? entry : host.object([...host.members(entry).entries, ['plugin', plugin]]);
}

function pathOf<Value>(host: LibraryHost<Value>, value: Value): string | undefined {
  const seen = host.see(value);
  return seen.kind === 'constant' && typeof seen.value === 'string' && seen.value.startsWith('.') ? seen.value : undefined;
}

function fileAt<Value>(host: LibraryHost<Value>, path: string, folder: Value | undefined): Value | undefined {
  const place = folder === undefined ? undefined : host.filesBelow(folder)?.place;
  const parts = `${place === undefined || place === '.' ? '' : `${place}/`}${path}`.split('/');
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '..') kept.pop();
    else if (part !== '.' && part !== '') kept.push(part);
  }
  return host.load(kept.join('/'));
}
