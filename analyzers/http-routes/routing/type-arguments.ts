import type { DeclarationSyntax, TypeSyntax } from '../../../src/model/file-syntax.ts';
import type { ModuleId } from '../../../src/model/ids.ts';
import type { ProgramQueries, Referent } from '../../../src/model/program.ts';

/** A type as it is written in a module. */
export interface WrittenType {
  readonly module: ModuleId;
  readonly type: TypeSyntax;
}

const EXPRESS: ReadonlySet<string> = new Set(['express', 'express-serve-static-core', '@types/express']);
const FARTHEST = 3;

/** Type arguments that a type gives to one of Express, own types that extend it or stand for it looked through. */
export function expressArguments(
  program: ProgramQueries,
  { module, type }: WrittenType,
  wanted: string,
  depth = 0,
): readonly (WrittenType | undefined)[] | undefined {
  if (type.kind === 'intersection')
    return type.members
      .map((member) => expressArguments(program, { module, type: member }, wanted, depth))
      .find((one) => one !== undefined);
  if (type.kind !== 'reference' || depth > FARTHEST) return undefined;
  const referent = referentOf(program, module, type.name);
  const given = type.arguments.map((argument) => ({ module, type: argument }));
  if (referent.kind === 'external') return EXPRESS.has(referent.package) && referent.path.at(-1) === wanted ? given : undefined;
  const found = referent.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const declaration = found?.module.syntax.declarations[found.index];
  if (found === undefined || declaration === undefined) return undefined;
  const inner = basesOf(declaration)
    .map((base) => expressArguments(program, { module: found.module.id, type: base }, wanted, depth + 1))
    .find((one) => one !== undefined);
  return inner?.map((one) => substituted(one, found.module.id, declaration.typeParameters ?? [], given));
}

const basesOf = ({ kind, type, extendsTypes = [] }: DeclarationSyntax): readonly TypeSyntax[] =>
  kind === 'type-alias' && type !== undefined ? [type] : kind === 'interface' || kind === 'class' ? extendsTypes : [];

/** What was given for a type parameter; `undefined` where nothing was. */
function substituted(
  written: WrittenType | undefined,
  module: ModuleId,
  parameters: readonly string[],
  given: readonly WrittenType[],
): WrittenType | undefined {
  if (written === undefined || written.module !== module || written.type.kind !== 'reference') return written;
  const [name, ...rest] = written.type.name;
  const position = rest.length > 0 || name === undefined ? -1 : parameters.indexOf(name);
  return position === -1 ? written : given[position];
}

/** What a dotted name of types stands for. */
export function referentOf(program: ProgramQueries, module: ModuleId, [name, ...rest]: readonly string[]): Referent {
  if (name === undefined) return { kind: 'unknown' };
  let referent = program.resolveName(module, 0, name);
  for (const part of rest) {
    if (referent.kind === 'module') referent = program.resolveExport(referent.module, part);
    else referent = referent.kind === 'external' ? { ...referent, path: referent.path.concat(part) } : { kind: 'unknown' };
  }
  return referent;
}
