import type { LibraryHost } from '../../../src/model/boot-trace.ts';
import { recordRoutes } from './record-routes.ts';

/** Plugins that register what the files of a folder export, by the option that names the folder. */
const FOLDER_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  'hapi-auto-route': ['routes_dir'],
  'hapi-auto-routes': ['dir'],
  'hapi-routes': ['dir'],
  'hapi-routes-plugin': ['directory'],
};

/** Plays a plugin that loads a folder of routes; false for any other package. */
export function loadRouteFolder<Value>(host: LibraryHost<Value>, server: Value, name: string, options: Value): boolean {
  const names = Object.hasOwn(FOLDER_OPTIONS, name) ? FOLDER_OPTIONS[name] : undefined;
  if (names === undefined) return false;
  const folder = names.map((option) => host.member(options, option)).find((value) => value !== undefined);
  const found = folder === undefined ? undefined : host.filesBelow(folder);
  if (found === undefined) {
    host.unclear();
    return true;
  }
  for (const file of found.files.filter((path) => /\.[cm]?[jt]s$/.test(path) && !path.endsWith('.d.ts'))) {
    const module = host.load(file);
    const routes = module === undefined ? undefined : (host.member(module, 'default') ?? module);
    if (routes !== undefined) recordRoutes(host, server, routes);
  }
  return true;
}
