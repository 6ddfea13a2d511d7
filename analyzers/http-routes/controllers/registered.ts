import { classOf, decoratorCalls, flatValues } from '../../../src/analyze/decorator-calls.ts';
import { groupBy } from '../../../src/lib/group.ts';
import type { BootClass, BootTrace, BootValue } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { RouteFact } from '../../../src/model/fact.ts';
import type { ControllerFramework } from './controller-framework.ts';

/** Classes that are controllers of a framework. */
export const controllerClasses = (
  { classes = [] }: Pick<BootTrace, 'classes'>,
  { packages, controllers }: Pick<ControllerFramework, 'packages' | 'controllers'>,
): readonly BootClass[] =>
  classes.filter(
    ({ isAbstract, decorators }) =>
      isAbstract !== true && decoratorCalls(decorators).some((call) => packages.includes(call.package) && controllers.has(call.name)),
  );

/** Which classes a list of controllers names: classes and instances, or files by pattern; `undefined` where it says neither. */
export function listedClasses(list: BootValue | undefined, all: readonly BootClass[]): readonly BootClass[] | undefined {
  const values = flatValues(list);
  const isWhole = list !== undefined && isComplete(list) && values.length > 0;
  const found = values.map((value): readonly BootClass[] | undefined => {
    const id = classOf(value);
    if (id !== undefined) return all.filter((one) => one.id === id || one.symbol === id);
    return value.kind === 'constant' && typeof value.value === 'string' ? matching(value.value, all) : undefined;
  });
  return isWhole && found.every((one) => one !== undefined) ? [...new Set(found.flat())] : undefined;
}

const isComplete = (list: BootValue): boolean =>
  list.kind === 'array' ? list.complete && list.elements.every(isComplete) : list.kind !== 'unknown';

/** Files by a pattern, compiled files standing for their sources. */
function matching(pattern: string, all: readonly BootClass[]): readonly BootClass[] {
  const wanted = toExpression(pattern);
  const found = all.filter(({ at }) => wanted.test(at.file));
  // A folder of compiled files: what stands below it is what stands below the folder of sources.
  return found.length > 0
    ? found
    : all.filter(({ at }) => toExpression(pattern.replace(/^.*?\b(?:dist|build|lib|out)\//, '')).test(at.file));
}

function toExpression(pattern: string): RegExp {
  const parts = pattern
    .replace(/^(?:\.\/)+/, '')
    .replace(/\{(?:[^{}]*,)?[jt]s(?:,[^{}]*)?\}$/, '?s')
    .replace(/\.js$/, '.?s')
    .replace(/\.ts$/, '.?s')
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => (part === '**/' ? '(?:.*/)?' : part === '**' ? '.*' : part === '*' ? '[^/]*' : part === '?' ? '.' : escaped(part)));
  return new RegExp(`(?:^|/)${parts.join('')}$`);
}

const escaped = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');

/** Each route once; a second method that claims it is told. */
export function withoutDuplicates(found: readonly (RouteFact | Diagnostic)[]): readonly (RouteFact | Diagnostic)[] {
  const routes = found.filter((one): one is RouteFact => 'kind' in one);
  const others = found.filter((one): one is Diagnostic => 'code' in one);
  const kept = [...groupBy(routes, ({ id }) => id).values()];
  return [
    ...others,
    ...kept.flatMap(([first, ...later]): readonly (RouteFact | Diagnostic)[] =>
      first === undefined
        ? []
        : [
            first,
            ...later
              .filter(({ handler }) => handler.symbol !== first.handler.symbol)
              .map(
                ({ id, at }): Diagnostic => ({
                  code: 'duplicate-route',
                  data: { route: id, first: `${first.at.file}:${first.at.line}` },
                  at,
                }),
              ),
          ],
    ),
  ];
}
