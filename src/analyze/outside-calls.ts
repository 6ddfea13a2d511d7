import type { CallSyntax, Expression } from '../model/file-syntax.ts';
import type { ModuleRecord, ProgramQueries } from '../model/program.ts';

/** A call of source code that leads into a package, a builtin module or a global. */
export interface OutsideCall {
  readonly module: ModuleRecord;
  readonly call: CallSyntax;
  /** Package, or builtin module without `node:`; `globals` for a global. */
  readonly package: string;
  /** The way from the package's exports to what is called: `['default', 'create', '()', 'get']`. */
  readonly path: readonly string[];
}

/** Which packages and globals are looked for: a module that imports and names none of them costs nothing. */
export interface Watched {
  readonly isPackage: (name: string) => boolean;
  readonly globals: ReadonlySet<string>;
}

/**
 * Calls that lead into watched packages. Of a module that imports none, only calls of instances that it is given are
 * missed where their types are not imported either.
 */
export function* outsideCalls(program: ProgramQueries, { isPackage, globals }: Watched): Iterable<OutsideCall> {
  for (const module of program.program.modules) {
    if (module.role !== 'source') continue;
    const imports = module.syntax.imports.some(({ specifier }) => specifier !== undefined && isPackage(packageOf(specifier)));
    const names = module.syntax.uses.some(({ name }) => globals.has(name));
    if (!imports && !names) continue;
    for (const call of module.syntax.calls) {
      if (!imports && !globals.has(rootName(call.callee) ?? '')) continue;
      const callee = call.callee.kind === 'super' ? undefined : program.resolveExpression(module.id, call.owner, call.callee);
      if (callee?.kind === 'global') {
        const path = callee.name.split('.');
        if (globals.has(path[0] ?? '')) yield { module, call, package: 'globals', path };
      } else if ((callee?.kind === 'external' || callee?.kind === 'external-instance') && isPackage(packageOf(callee.package)))
        yield { module, call, package: packageOf(callee.package), path: callee.path };
    }
  }
}

/** `@scope/name/sub` is `@scope/name`, `node:fs` is `fs`. */
const packageOf = (specifier: string): string => specifier.replace(/^node:/, '').replace(/^(@[^/]+\/[^/]+|[^@/][^/]*)\/.*$/, '$1');

function rootName(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  return expression.kind === 'member' ? rootName(expression.object) : undefined;
}
