import { type AnalyzerInput, defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { SourceLocation } from '../../src/model/location.ts';
import { belongsTo, type UnmodelledFramework, unmodelledFrameworkList } from './framework-packages.ts';
import { httpModels } from './http-models.ts';
import { unknownRouters } from './unknown-routers.ts';

/** Says which server frameworks are used whose routes are not read, once for each: no route is then no statement. */
export const unmodelledFrameworks = defineAnalyzer({
  name: 'unmodelled-frameworks',
  produces: [],

  *analyze(input): Iterable<Diagnostic> {
    const imports = firstImports(input);
    for (const framework of unmodelledFrameworkList) {
      const found = firstImport(imports, framework) ?? inManifest(input, framework);
      if (found !== undefined)
        yield { code: 'framework-without-model', data: { framework: framework.name, package: found.package }, at: found.at };
    }
    yield* runtimeServers(input);
    yield* unknownRouters(input.program, (name) => isModelled(name) || unmodelledFrameworkList.some((one) => belongsTo(one, name)));
  },
});

/** Whether a model reads the package, or all of its scope. */
const isModelled = (name: string): boolean =>
  httpModels.some(({ packages }) =>
    packages.some((one) => one === name || one.startsWith(`${name}/`) || (one.endsWith('/*') && name.startsWith(one.slice(0, -2)))),
  );

interface Seen {
  readonly package: string;
  readonly at: SourceLocation;
}

/** Where sources import each package first: in any way, and for its values. */
interface FirstImports {
  readonly any: ReadonlyMap<string, SourceLocation>;
  readonly values: ReadonlyMap<string, SourceLocation>;
}

function firstImports({ program }: AnalyzerInput): FirstImports {
  const any = new Map<string, SourceLocation>();
  const values = new Map<string, SourceLocation>();
  for (const { from, target, typeOnly, at } of program.program.imports) {
    if (target.kind !== 'package' || values.has(target.package) || program.module(from)?.role !== 'source') continue;
    if (!any.has(target.package)) any.set(target.package, at);
    if (!typeOnly) values.set(target.package, at);
  }
  return { any, values };
}

/** The first import of the package that comes first in the framework's own list. */
function firstImport(imports: FirstImports, framework: UnmodelledFramework): Seen | undefined {
  const places = framework.foundByFiles === true ? imports.any : imports.values;
  const found = [...places].flatMap(([name, at]) => (belongsTo(framework, name) ? [{ package: name, at }] : []));
  return framework.packages.flatMap((name) => found.find((one) => one.package === name) ?? [])[0] ?? found[0];
}

/** A framework that finds handlers by their files is used where a manifest names it. */
function inManifest({ packages }: AnalyzerInput, framework: UnmodelledFramework): Seen | undefined {
  if (framework.foundByFiles !== true) return undefined;
  for (const { path, dependencies } of packages) {
    const name = framework.packages.find((one) => Object.hasOwn(dependencies, one));
    if (name !== undefined) return { package: name, at: { file: path, line: 1, column: 1 } };
  }
  return undefined;
}

/** Kinds of objects that answer by routes, as models name them. */
const APPLICATION = /^(?!node\.).*\.(?:application|server|instance)$/;

/** Servers without a framework: one function answers every request, so no route can be told from another. */
function* runtimeServers({ program, trace }: AnalyzerInput): Iterable<Diagnostic> {
  if (trace.objects.some(({ kind }) => APPLICATION.test(kind))) return;
  const listener = trace.effects.find(
    ({ verb, arguments: given }) => verb === 'create-server' && given.some(({ kind }) => kind === 'function'),
  );
  if (listener !== undefined)
    yield { code: 'framework-without-model', data: { framework: 'Node.js HTTP server', package: 'node:http' }, at: listener.at };

  const served = program.program.modules
    .filter(({ role }) => role === 'source')
    .flatMap(({ id, syntax }) =>
      syntax.calls.flatMap(({ callee, span }) => {
        const isServe = callee.kind === 'member' && callee.property === 'serve' && callee.object.kind === 'name';
        const runtime = isServe && callee.object.kind === 'name' ? callee.object.name : undefined;
        return runtime === 'Bun' || runtime === 'Deno' ? [{ runtime, at: program.location(id, span.start) }] : [];
      }),
    );
  for (const { runtime, at } of served.slice(0, 1))
    yield { code: 'framework-without-model', data: { framework: `${runtime} HTTP server`, package: `${runtime}.serve` }, at };
}
