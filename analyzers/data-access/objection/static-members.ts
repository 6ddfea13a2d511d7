import type { ProgramQueries } from '../../../src/model/program.ts';
import { type CodeValue, type Declared, declared } from '../flow/code-value.ts';
import { followValue } from '../flow/follow-value.ts';
import { classChain } from '../mappers/named-classes.ts';

/** A static member of a class or of the nearest that it extends, and the class that has it. */
export interface StaticMember {
  readonly holder: Declared;
  readonly values: readonly CodeValue[];
}

/** `static tableName = 'books'`, `static get tableName() { return 'books'; }`, `static relationMappings = () => ({ … })`. */
export function staticMember(program: ProgramQueries, found: Declared, name: string): StaticMember | undefined {
  for (const holder of classChain(program, found)) {
    const values = ownStatic(program, holder, name);
    if (values.length > 0) return { holder, values };
  }
  return undefined;
}

function ownStatic(program: ProgramQueries, holder: Declared, name: string): readonly CodeValue[] {
  return program.childrenOf(holder.symbol).flatMap((symbol) => {
    const member = declared(program, symbol);
    return member?.declaration.isStatic === true && member.declaration.binding === name ? valuesOf(program, member) : [];
  });
}

function valuesOf(program: ProgramQueries, { module, index, declaration }: Declared): readonly CodeValue[] {
  const { returns, initializer, initializerOwner, parent } = declaration;
  if (returns !== undefined) return returned({ module, owner: index }, returns.values);
  if (initializer === undefined) return [];
  return followValue(program, { module, owner: initializerOwner ?? parent, expression: initializer }).flatMap((value) => {
    const { expression } = value;
    if (expression.kind !== 'function') return [value];
    const inner = value.module.syntax.declarations[expression.declaration]?.returns?.values ?? [];
    return returned({ module: value.module, owner: expression.declaration }, inner);
  });
}

const returned = (place: Pick<CodeValue, 'module' | 'owner'>, values: readonly CodeValue['expression'][]): readonly CodeValue[] =>
  values.map((expression) => ({ ...place, expression }));
