import type { LibraryHost } from '../../../src/model/boot-trace.ts';

/** One effect for each route of a list; the options of a route may be given by a function of the server. */
export function recordRoutes<Value>(host: LibraryHost<Value>, server: Value | undefined, given: Value): void {
  const { values, complete } = host.elements(given);
  if (!complete) host.unclear();
  for (const value of values) {
    if (host.see(value).kind === 'array') recordRoutes(host, server, value);
    else recordRoute(host, server, value);
  }
}

function recordRoute<Value>(host: LibraryHost<Value>, server: Value | undefined, route: Value): void {
  const seen = host.see(route);
  if (seen.kind !== 'object' && seen.kind !== 'union') {
    if (seen.kind !== 'constant') host.unclear();
    return;
  }
  const options = host.member(route, 'options') ?? host.member(route, 'config');
  const made = options !== undefined && host.see(options).kind === 'function' ? host.call(options, [server ?? host.unknown()]) : undefined;
  const whole = made === undefined ? route : host.object([...host.members(route).entries, ['options', made]]);
  host.record({ verb: 'route', ...(server === undefined ? {} : { on: server }), arguments: [whole] });
}
