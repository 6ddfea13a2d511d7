import type * as ast from 'oxc-parser';
import type { FileSyntax, MutationSyntax, NameUse } from '../model/file-syntax.ts';
import { MODULE_INIT } from '../model/ids.ts';
import { extractClass } from './extract-classes.ts';
import { extractExpression } from './extract-expressions.ts';
import { extractFunction } from './extract-functions.ts';
import { extractStatement, extractStatements } from './extract-statements.ts';
import { extractType } from './extract-types.ts';
import { namedValue } from './extract-variables.ts';
import { type Extraction, lookup, type MutationCandidate, type Visitors } from './extraction.ts';

const visit: Visitors = {
  expression: extractExpression,
  statements: extractStatements,
  statement: extractStatement,
  functionLike: extractFunction,
  classLike: extractClass,
  namedValue,
  type: extractType,
};

export type SyntaxTables = Omit<FileSyntax, 'path' | 'hash' | 'lineStarts' | 'errors'> & Pick<Extraction, 'errors'>;

/** Takes everything analyzers need from one tree, in one walk. */
export function extractSyntax(program: ast.Program, lineStarts: readonly number[]): SyntaxTables {
  const x = startExtraction(program, lineStarts);
  extractStatements(x, program.body);
  return {
    imports: x.imports,
    exports: x.exports,
    declarations: x.declarations,
    calls: x.calls,
    uses: usesOf(x),
    mutations: mutationsOf(x),
    narrowings: x.narrowings,
    environmentReads: x.environmentReads,
    ...(x.comparisons.length === 0 ? {} : { comparisons: x.comparisons }),
    ...(x.tests.length === 0 ? {} : { tests: x.tests }),
    ...(x.loops.length === 0 ? {} : { loops: x.loops }),
    errors: x.errors,
    isScript: !x.isModule && !x.isCommonJs,
  };
}

function startExtraction(program: ast.Program, lineStarts: readonly number[]): Extraction {
  const span = { start: 0, end: program.end };
  return {
    lineStarts,
    declarations: [{ kind: 'module', name: MODULE_INIT, parent: -1, span }],
    calls: [],
    imports: [],
    exports: [],
    references: [],
    mutations: [],
    narrowings: [],
    environmentReads: [],
    comparisons: [],
    tests: [],
    loops: [],
    openLoops: [],
    errors: [],
    taken: new Map([[MODULE_INIT, 0]]),
    visit,
    owner: 0,
    code: 0,
    currentClass: -1,
    scope: { parent: undefined, kind: 'module', span, names: new Map() },
    depth: 0,
    isModule: false,
    isCommonJs: false,
    statement: undefined,
    written: new Set(),
    handledEnvironment: new Set(),
    exportedBindings: new Set(),
    fields: new Map(),
    returns: undefined,
  };
}

/** References to names of the module, imports and globals; one per owner, name, meaning and property. */
function usesOf(x: Extraction): NameUse[] {
  const uses: NameUse[] = [];
  const seen = new Map<string, Set<number>>();
  for (const { name, scope, owner, meaning, at, property, access } of x.references) {
    const found = lookup(scope, name);
    if (found !== undefined && found.kind !== 'module') continue;
    const key = property === undefined ? `${meaning}${access}${name}` : `${meaning}${access}${name}.${property}`;
    const owners = seen.get(key) ?? new Set<number>();
    if (owners.has(owner)) continue;
    seen.set(key, owners.add(owner));
    const use: NameUse = property === undefined ? { name, owner, meaning, at } : { name, owner, meaning, at, property };
    uses.push(access === 'read' ? use : { ...use, access });
  }
  return uses;
}

function mutationsOf(x: Extraction): MutationSyntax[] {
  return x.mutations.flatMap((candidate) => {
    if (candidate.root === 'this') return [toMutation(candidate)];
    const scope = lookup(candidate.scope, candidate.root);
    if (scope !== undefined && scope.kind !== 'module') return [];
    const declaration = scope?.names.get(candidate.root);
    return scope === undefined ? globalMutation(candidate) : moduleMutation(x, candidate, declaration ?? -1);
  });
}

/** Globals are state when assigned to; calls on them (`localStorage.clear()`) are other facts. */
const globalMutation = (candidate: MutationCandidate): MutationSyntax[] =>
  candidate.operation === 'call' || candidate.root === 'exports' || candidate.root === 'module' ? [] : [toMutation(candidate)];

function moduleMutation(x: Extraction, candidate: MutationCandidate, index: number): MutationSyntax[] {
  const draft = x.declarations[index];
  const [field, ...rest] = candidate.path;
  if (draft?.kind === 'class' && field !== undefined) {
    return [{ ...toMutation(candidate), binding: `${candidate.root}.${field}`, path: rest }];
  }
  // `app.set('x')` changes no collection of ours.
  if (candidate.operation === 'call' && field === undefined && draft !== undefined && !holdsCollection(x, index)) return [];
  return [toMutation(candidate)];
}

function toMutation(candidate: MutationCandidate): MutationSyntax {
  const { root, path, operation, method, value, owner, span } = candidate;
  if (method !== undefined) return { binding: root, path, operation, method, owner, span };
  return value === undefined ? { binding: root, path, operation, owner, span } : { binding: root, path, operation, value, owner, span };
}

const collections = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Array', 'ReadonlyArray', 'Int32Array', 'Uint8Array', 'Float64Array']);

/** Whether a binding visibly holds an array, map or set, or nothing is said of what it holds. */
function holdsCollection(x: Extraction, index: number): boolean {
  const draft = x.declarations[index];
  const { type, initializer } = draft ?? {};
  if (type?.kind === 'array' || type?.kind === 'tuple') return true;
  if (type?.kind === 'reference' && collections.has(type.name[0] ?? '')) return true;
  if (initializer?.kind === 'array') return true;
  if (initializer?.kind !== 'call') return false;
  const callee = x.calls[initializer.call]?.callee;
  if (callee?.kind === 'name') return collections.has(callee.name);
  return callee?.kind === 'member' && callee.object.kind === 'name' && callee.object.name === 'Array';
}
