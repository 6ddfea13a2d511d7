import type { AnalyzerInput } from '../../../src/analyze/analyzer.ts';
import { classOf } from '../../../src/analyze/decorator-calls.ts';
import { uniqueSorted } from '../../../src/lib/sort.ts';
import type { BootClass } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import { type Controller, routeMethods } from './controllers.ts';

/** What answers requests once a module lists its class. */
interface Listed {
  readonly package: string;
  readonly decorator: string;
  readonly text: string;
}

const CONTROLLER: Listed = { package: '@nestjs/common', decorator: 'Controller', text: 'controller that no reachable module lists' };
const RESOLVER: Listed = { package: '@nestjs/graphql', decorator: 'Resolver', text: 'resolver that no reachable module lists' };

const toDiagnostic = ({ text }: Listed, at: SourceLocation, routes?: number): Diagnostic => ({
  code: 'dynamic-mount',
  data: { text, ...(routes === undefined ? {} : { routes }) },
  at,
});

/** Controllers and resolvers in modules that start-up never loads. */
export const unreached = (program: AnalyzerInput['program'], trace: AnalyzerInput['trace']): readonly Diagnostic[] =>
  (trace.containers ?? []).length === 0 ? [] : [CONTROLLER, RESOLVER].flatMap((wanted) => unreachedOf(wanted, program, trace));

function unreachedOf(wanted: Listed, program: AnalyzerInput['program'], { evaluated }: AnalyzerInput['trace']): readonly Diagnostic[] {
  const known = new Set(evaluated);
  const uses = program.program.imports.filter(
    ({ target, typeOnly }) => !typeOnly && target.kind === 'package' && target.package === wanted.package,
  );
  return uniqueSorted(uses.map(({ from }) => from)).flatMap((id) => {
    const module = program.module(id);
    if (module?.role !== 'source' || known.has(id)) return [];
    return module.syntax.declarations.flatMap(({ kind, decorators = [], span }): readonly Diagnostic[] => {
      const calls = decorators.map((one) => (one.kind === 'call' ? module.syntax.calls[one.call]?.callee : undefined));
      const isMeant = kind === 'class' && calls.some((callee) => callee?.kind === 'name' && callee.name === wanted.decorator);
      return isMeant ? [toDiagnostic(wanted, program.location(id, span.start))] : [];
    });
  });
}

/** Controllers of evaluated code that no module of an application lists, and resolvers that no container made. */
export function unlisted(
  { classes = [], containers = [] }: AnalyzerInput['trace'],
  controllers: readonly Controller[],
): readonly Diagnostic[] {
  const listed = new Set(controllers.map((one) => one.class.id));
  const extended = new Set(classes.flatMap((one) => (one.extends === undefined ? [] : [classOf(one.extends) ?? ''])));
  return classes
    .filter((one) => one.isAbstract !== true && !extended.has(one.id))
    .flatMap((one): readonly Diagnostic[] => {
      if (isDecorated(one, RESOLVER)) return containers.length === 0 || isMade(one) ? [] : [toDiagnostic(RESOLVER, one.at)];
      if (!isDecorated(one, CONTROLLER) || listed.has(one.id)) return [];
      const routes = routeMethods(one).length;
      return routes === 0 ? [] : [toDiagnostic(CONTROLLER, one.at, routes)];
    });
}

const isDecorated = ({ decorators }: BootClass, wanted: Listed): boolean =>
  decorators.some(({ value }) => value.kind === 'external' && value.package === wanted.package && value.path.includes(wanted.decorator));

/** Whether nothing of it is left to be started: methods of what a container made are known as values. */
const isMade = ({ members }: BootClass): boolean =>
  members.every(({ kind, decorators, closure }) => kind !== 'method' || decorators.length === 0 || closure !== undefined);
