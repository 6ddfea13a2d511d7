import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { ownEntry } from '../../src/lib/own-entry.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { FactOf } from '../../src/model/fact.ts';
import { toTableId } from '../../src/model/ids.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';
import { argumentOf, bare, type CallSite, type CodeValue, callOf, siteLocation, valueAt } from './flow/code-value.ts';
import { followValue, propertyOf } from './flow/follow-value.ts';
import { constantOf } from './mappers/named-classes.ts';

/**
 * What Medusa does across its modules: tables of links, and queries and links through its container. Which tables those
 * touch, the services of a running application decide, so each is told where it stands.
 */
export const medusaQueries = defineAnalyzer({
  name: 'medusa-queries',
  produces: ['table'],

  *analyze({ program }) {
    for (const module of program.program.modules) {
      if (module.role !== 'source' || !usesMedusa(module)) continue;
      yield* linkTables(program, module);
      for (const [index, call] of module.syntax.calls.entries()) yield* queryAt(program, { module, index, call });
    }
  },
});

const usesMedusa = ({ syntax }: ModuleRecord): boolean =>
  syntax.imports.some(({ specifier }) => specifier !== undefined && /^@medusajs\//.test(specifier)) ||
  syntax.calls.some(({ arguments: [first] }) => first?.kind === 'member' && keyOfRegistration(first) !== undefined);

/** `{ isLink: true, databaseConfig: { tableName: 'book_shelf' }, primaryKeys: ['id'] }`. */
function* linkTables(program: ProgramQueries, module: ModuleRecord): Iterable<FactOf<'table'>> {
  for (const { initializer, parent, span } of module.syntax.declarations) {
    if (initializer?.kind !== 'object') continue;
    const value: CodeValue = { module, owner: parent, expression: initializer };
    const isLink = propertyOf(program, value, 'isLink')?.expression;
    const database = propertyOf(program, value, 'databaseConfig');
    const table = database === undefined ? undefined : constantOf(program, propertyOf(program, database, 'tableName'));
    if (isLink?.kind !== 'literal' || isLink.value !== true || table === undefined) continue;
    const keys = propertyOf(program, value, 'primaryKeys');
    const elements = keys?.expression.kind === 'array' ? keys.expression.elements : [];
    const columns = elements.flatMap((expression) => constantOf(program, { ...value, expression }) ?? []);
    yield { kind: 'table', id: toTableId(table), columns, references: [], at: program.location(module.id, span.start) };
  }
}

type Part = 'query' | 'link';

const parts: Readonly<Record<string, Part>> = {
  QUERY: 'query',
  REMOTE_QUERY: 'query',
  LINK: 'link',
  REMOTE_LINK: 'link',
};

/** What the constants of `ContainerRegistrationKeys` stand for. */
const partsByText: Readonly<Record<string, Part>> = { query: 'query', remoteQuery: 'query', link: 'link', remoteLink: 'link' };

/** `ContainerRegistrationKeys.QUERY`, or the text that it is. */
function partNamed(key: CodeValue['expression']): Part | undefined {
  if (key.kind === 'literal') return typeof key.value === 'string' ? ownEntry(partsByText, key.value) : undefined;
  const name = key.kind === 'member' ? keyOfRegistration(key) : undefined;
  return name === undefined ? undefined : ownEntry(parts, name);
}

const methods: Readonly<Record<Part, ReadonlySet<string>>> = {
  query: new Set(['graph', 'index']),
  link: new Set(['create', 'dismiss', 'delete', 'restore', 'list']),
};

function* queryAt(program: ProgramQueries, site: CallSite): Iterable<Diagnostic> {
  const { callee } = site.call;
  const method = callee.kind === 'member' ? callee.property : undefined;
  if (callee.kind !== 'name' && (callee.kind !== 'member' || ![...methods.query, ...methods.link].includes(callee.property))) return;
  const part = partOf(program, valueAt(site, callee.kind === 'member' ? callee.object : callee));
  if (part === undefined || (method === undefined ? part !== 'query' : !methods[part].has(method))) return;
  const about = entityOf(program, argumentOf(site, 0));
  const text = `${part}${method === undefined ? '' : `.${method}`}${about === undefined ? '' : ` of ${about}`}`;
  yield { code: 'unknown-table', data: { library: 'medusa', text }, at: siteLocation(program, site) };
}

/** `container.resolve(ContainerRegistrationKeys.QUERY)`. */
function partOf(program: ProgramQueries, value: CodeValue): Part | undefined {
  for (const source of followValue(program, value)) {
    const made = callOf(bare(source));
    if (made?.call.callee.kind !== 'member' || made.call.callee.property !== 'resolve') continue;
    const [key] = made.call.arguments;
    const part = key === undefined ? undefined : partNamed(key);
    if (part !== undefined) return part;
  }
  return undefined;
}

const keyOfRegistration = ({
  object,
  property,
}: {
  readonly object: CodeValue['expression'];
  readonly property: string;
}): string | undefined =>
  object.kind === 'name' && object.name === 'ContainerRegistrationKeys' && Object.hasOwn(parts, property) ? property : undefined;

/** `{ entity: 'book' }`, `remoteQueryObjectFromString({ entryPoint: 'book' })`. */
function entityOf(program: ProgramQueries, value: CodeValue | undefined): string | undefined {
  const [whole] = value === undefined ? [] : followValue(program, value);
  if (whole === undefined) return undefined;
  const inner = callOf(bare(whole));
  if (inner !== undefined) return inner.call.arguments[0]?.kind === 'object' ? entityOf(program, argumentOf(inner, 0)) : undefined;
  return constantOf(program, propertyOf(program, whole, 'entity') ?? propertyOf(program, whole, 'entryPoint'));
}
