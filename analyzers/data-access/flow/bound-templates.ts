import { rootPackage } from '../../../src/lib/package-name.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type CallSite, type CodeValue, callOf, valueAt } from './code-value.ts';
import { unscoped } from './database-packages.ts';

/** Packages whose tags send what stands in a template beside the text, as parameters. */
const bindingPackages: ReadonlySet<string> = new Set([
  '@neondatabase/serverless',
  '@prisma/client',
  '@vercel/postgres',
  'kysely',
  'postgres',
  'slonik',
  'sql-template-strings',
  'sql-template-tag',
]);

/** Whether values in the template become parameters of the statement: `prisma.$queryRaw`, and tags of known packages. */
export function bindsHoles(program: ProgramQueries, { module, call }: CallSite): boolean {
  const tag = call.callee.kind === 'call' ? (module.syntax.calls[call.callee.call]?.callee ?? call.callee) : call.callee;
  if (tag.kind === 'member' && (tag.property === '$queryRaw' || tag.property === '$executeRaw')) return true;
  const referent = program.resolveExpression(module.id, call.owner, tag);
  // The client may be generated into the tree, from where nothing resolves.
  if (isPrismaTag(tag) && referent.kind !== 'symbol') return true;
  const isPackage = referent.kind === 'external' || referent.kind === 'external-instance';
  return isPackage && bindingPackages.has(unscoped(rootPackage(referent.package)));
}

/** `Prisma.sql`. */
export const isPrismaTag = (tag: CodeValue['expression']): boolean =>
  tag.kind === 'member' && tag.property === 'sql' && tag.object.kind === 'name' && tag.object.name === 'Prisma';

/** The text in `Prisma.raw(text)` and `sql.unsafe(text)`, which stands in the statement as it is. */
export function textOfPiece(program: ProgramQueries, value: CodeValue): CodeValue | undefined {
  const site = callOf(value);
  const callee = site?.call.callee;
  const [first] = site?.call.arguments ?? [];
  if (site === undefined || site.call.kind !== 'call' || callee?.kind !== 'member' || first === undefined) return undefined;
  if (callee.property !== 'raw' && callee.property !== 'unsafe') return undefined;
  return program.resolveExpression(site.module.id, site.call.owner, callee).kind === 'symbol' ? undefined : valueAt(site, first);
}

/** `Prisma.empty`: no text at all. A field of the program that is called so is a value. */
export function isEmptyPiece(program: ProgramQueries, { module, owner, expression }: CodeValue): boolean {
  if (expression.kind !== 'member' || expression.property !== 'empty' || expression.object.kind !== 'name') return false;
  const { kind } = program.resolveExpression(module.id, owner, expression);
  return kind === 'external' || (kind !== 'symbol' && expression.object.name === 'Prisma');
}

/** The parts of `sql.identifier(['shop', table])`, a name of slonik that may have a schema; of `sql(table)` of postgres.js the name. */
export function partsOfIdentifier(program: ProgramQueries, value: CodeValue): readonly CodeValue[] | undefined {
  const site = callOf(value);
  const [first] = site?.call.arguments ?? [];
  if (site === undefined || first === undefined || site.call.kind !== 'call') return undefined;
  const { callee } = site.call;
  const isNaming =
    callee.kind === 'member' && (callee.property === 'identifier' || callee.property === 'table' || callee.property === 'ref');
  const named = program.resolveExpression(site.module.id, site.call.owner, callee);
  if (named.kind === 'symbol' || !(isNaming || isPostgres(named))) return undefined;
  if (first.kind === 'array') return callee.kind === 'member' ? first.elements.map((element) => valueAt(site, element)) : undefined;
  return isNaming || first.kind !== 'object' ? [valueAt(site, first)] : undefined;
}

const isPostgres = (referent: ReturnType<ProgramQueries['resolveExpression']>): boolean =>
  (referent.kind === 'external' || referent.kind === 'external-instance') && referent.package === 'postgres';
