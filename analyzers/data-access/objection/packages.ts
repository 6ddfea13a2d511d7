import { rootPackage } from '../../../src/lib/package-name.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type CodeValue, callOf, type Declared, valueAt } from '../flow/code-value.ts';
import { classChain, heldBy, namedBy } from '../mappers/named-classes.ts';

export const isObjectionPackage = (name: string): boolean => rootPackage(name) === 'objection';

/** Whether a class extends Objection's `Model`, also through plugins: `class Book extends compose(SoftDelete)(Model)`. */
export const extendsModel = (program: ProgramQueries, found: Declared): boolean =>
  classChain(program, found).some(
    ({ module, declaration }) =>
      declaration.extends !== undefined && leadsToModel(program, { module, owner: declaration.parent, expression: declaration.extends }, 0),
  );

const DEEPEST = 8;

/** Plugins are functions that are given the class below; what they give may be kept in a variable. */
function leadsToModel(program: ProgramQueries, value: CodeValue, depth: number): boolean {
  const held = heldBy(namedBy(program, value));
  if (held !== undefined && depth <= DEEPEST) return leadsToModel(program, held, depth + 1);
  const site = callOf(value);
  if (site === undefined || depth > DEEPEST) return isModel(program, value);
  return [site.call.callee, ...site.call.arguments].some((expression) => leadsToModel(program, valueAt(site, expression), depth + 1));
}

/** `Model` of the package, under whatever name. */
export function isModel(program: ProgramQueries, { module, owner, expression }: CodeValue): boolean {
  const referent = program.resolveExpression(module.id, owner, expression);
  return referent.kind === 'external' && isObjectionPackage(referent.package) && referent.path.at(-1) === 'Model';
}
