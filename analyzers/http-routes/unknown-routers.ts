import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { CallSyntax, Expression } from '../../src/model/file-syntax.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';

/** Methods by which routers take routes. */
const ROUTER_METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'all', 'head', 'options']);

/** Packages that ask other servers, whose functions take what those answer. */
const CLIENTS: ReadonlySet<string> = new Set(['jquery', 'request', 'superagent', 'needle', 'restify-clients', 'urllib', 'unirest']);

/** Packages that stand in for servers in tests and demonstrations: nobody outside asks what is registered there. */
const SIMULATORS: ReadonlySet<string> = new Set([
  'msw',
  'nock',
  'fetch-mock',
  'miragejs',
  'axios-mock-adapter',
  'supertest',
  'json-server',
]);

/**
 * Calls that look like the registration of a route, path and handler, on something of a package that no model reads: the
 * first of each package in each module.
 */
export function* unknownRouters(program: ProgramQueries, isModelled: (name: string) => boolean): Iterable<Diagnostic> {
  for (const module of program.program.modules) {
    if (module.role !== 'source') continue;
    const told = new Set<string>();
    for (const call of module.syntax.calls) {
      const name = looksLikeRoute(program, module, call) ? packageOf(program, module, call) : undefined;
      if (name === undefined || told.has(name) || CLIENTS.has(name) || SIMULATORS.has(name) || isModelled(name)) continue;
      told.add(name);
      yield { code: 'framework-without-model', data: { framework: name, package: name }, at: program.location(module.id, call.span.start) };
    }
  }
}

function looksLikeRoute(program: ProgramQueries, { id }: ModuleRecord, { kind, callee, owner, arguments: given }: CallSyntax): boolean {
  if (kind !== 'call' || callee.kind !== 'member' || !ROUTER_METHODS.has(callee.property)) return false;
  const [path, ...handlers] = given;
  return path !== undefined && textOf(path).startsWith('/') && handlers.some((handler) => isHandler(program, { id, owner }, handler));
}

const textOf = (path: Expression): string =>
  path.kind === 'literal' ? String(path.value) : path.kind === 'template' ? (path.quasis[0] ?? '') : '';

/** A function that does not begin with an error: such take what somebody else answered. */
function isHandler(
  program: ProgramQueries,
  { id, owner }: { readonly id: ModuleRecord['id']; readonly owner: number },
  handler: Expression,
): boolean {
  if (handler.kind === 'function') return !beginsWithError(program, id, handler.declaration);
  if (handler.kind !== 'name' && handler.kind !== 'member') return false;
  const referent = program.resolveExpression(id, owner, handler);
  const found = referent.kind === 'symbol' && referent.symbol !== undefined ? program.declaration(referent.symbol) : undefined;
  const declaration = found?.module.syntax.declarations[found.index];
  return (
    found !== undefined &&
    declaration !== undefined &&
    FUNCTIONS.has(declaration.kind) &&
    !beginsWithError(program, found.module.id, found.index)
  );
}

function beginsWithError(program: ProgramQueries, module: ModuleRecord['id'], index: number): boolean {
  const span = program.module(module)?.syntax.declarations[index]?.span ?? { start: 0, end: 0 };
  return program
    .declarationsWithin(module, span)
    .some(
      ({ kind, parent, position, binding }) =>
        kind === 'parameter' && parent === index && position === 0 && /^_?err(?:or)?$/i.test(binding ?? ''),
    );
}

const FUNCTIONS: ReadonlySet<string> = new Set(['function', 'arrow', 'method', 'object-member']);

/** The package whose object the method is called on. */
function packageOf(program: ProgramQueries, { id }: ModuleRecord, { callee, owner }: CallSyntax): string | undefined {
  if (callee.kind !== 'member') return undefined;
  const receiver = program.typeOfExpression(id, owner, callee.object);
  return receiver.kind === 'external-instance' || receiver.kind === 'external' ? receiver.package : undefined;
}
