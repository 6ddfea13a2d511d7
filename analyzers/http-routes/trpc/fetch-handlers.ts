import type { BootTrace, BootValue } from '../../../src/model/boot-trace.ts';
import type { CallSyntax, Expression } from '../../../src/model/file-syntax.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';

/** A router that a function of the program serves for each request. */
export interface ServedRouter {
  readonly router: BootValue | undefined;
  /** Absent where it is no constant. */
  readonly endpoint: string | undefined;
  readonly at: SourceLocation;
}

const FETCH_ADAPTER = 'adapters/fetch';

/** `fetchRequestHandler({ endpoint: '/api/trpc', router, req })`: written in a handler, which start-up does not run. */
export function fetchHandlers(program: ProgramQueries, trace: BootTrace): readonly ServedRouter[] {
  const users = program.program.imports.filter(
    ({ target, typeOnly }) =>
      !typeOnly && target.kind === 'package' && target.package === '@trpc/server' && target.subpath.includes(FETCH_ADAPTER),
  );
  return users.flatMap(({ from, index }) => {
    const module = program.module(from);
    if (module?.role !== 'source') return [];
    const binding = module.syntax.imports[index]?.bindings.find(({ imported }) => imported === 'fetchRequestHandler');
    const calls = module.syntax.calls.filter(({ callee }) => callee.kind === 'name' && callee.name === binding?.local);
    return calls.flatMap((call) => servedBy(call, module, { program, trace }));
  });
}

function servedBy(
  { arguments: [options], owner, span }: CallSyntax,
  module: ModuleRecord,
  { program, trace }: { readonly program: ProgramQueries; readonly trace: BootTrace },
): readonly ServedRouter[] {
  if (options?.kind !== 'object') return [];
  const member = (name: string): Expression | undefined => options.properties.find(({ key }) => key === name)?.value;
  const endpoint = member('endpoint');
  const router = member('router');
  const referent = router === undefined ? undefined : program.resolveExpression(module.id, owner, router);
  const object = referent?.kind === 'symbol' ? trace.bindings.find(({ symbol }) => symbol === referent.symbol)?.object : undefined;
  return [
    {
      router: object === undefined ? undefined : { kind: 'library', object },
      endpoint: endpoint?.kind === 'literal' && typeof endpoint.value === 'string' ? endpoint.value : undefined,
      at: program.location(module.id, span.start),
    },
  ];
}
