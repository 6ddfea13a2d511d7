import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import type { Declared } from '../flow/code-value.ts';
import type { DecoratorsOf } from '../mappers/decorators.ts';
import type { Model } from './models.ts';

interface ScopeSearch {
  readonly program: ProgramQueries;
  readonly decoratorsOf: DecoratorsOf;
  readonly classes: readonly Declared[];
  readonly models: readonly Model[];
}

/** Scopes that join other models: which calls they are part of is not read, so each is told where it is written. */
export function* unreadScopes({ program, decoratorsOf, classes, models }: ScopeSearch): Iterable<Diagnostic> {
  const told = (module: ModuleRecord, name: string, { span }: Expression): Diagnostic => ({
    code: 'partial-query',
    data: { library: 'sequelize', text: `scopes of ${name}` },
    at: program.location(module.id, span.start),
  });
  for (const found of classes)
    for (const { names, site, expression } of decoratorsOf(found)) {
      const isScope = names.has('DefaultScope') || names.has('Scopes');
      if (isScope && site?.call.arguments.some((argument) => joins(found.module, argument)))
        yield told(found.module, found.declaration.binding ?? '', expression);
    }
  for (const { name, site } of models)
    for (const options of site?.call.arguments ?? [])
      for (const { key, value } of options.kind === 'object' ? options.properties : [])
        if (site !== undefined && (key === 'defaultScope' || key === 'scopes') && joins(site.module, value))
          yield told(site.module, name, value);
}

/** Whether a scope, or a function that gives one, has `include` somewhere. */
function joins(module: ModuleRecord, expression: Expression, depth = 0): boolean {
  if (depth > 4) return false;
  if (expression.kind === 'object')
    return expression.properties.some(({ key, value }) => key === 'include' || joins(module, value, depth + 1));
  if (expression.kind !== 'function') return false;
  const returned = module.syntax.declarations[expression.declaration]?.returns?.values ?? [];
  return returned.some((value) => joins(module, value, depth + 1));
}
