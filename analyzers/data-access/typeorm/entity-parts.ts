import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { SqlParser } from '../../../src/model/sql.ts';
import type { CodeValue } from '../flow/code-value.ts';
import type { DecoratorsOf } from '../mappers/decorators.ts';
import type { Entity, Relation } from '../mappers/entity.ts';
import { constantOf } from '../mappers/named-classes.ts';
import type { NamingSettings } from './settings.ts';

export interface EntityReading {
  readonly program: ProgramQueries;
  readonly decoratorsOf: DecoratorsOf;
  readonly settings: NamingSettings;
  readonly sql: SqlParser;
  /** Entities that extend one. */
  readonly childrenOf: (symbol: SymbolId) => readonly Entity[];
  readonly entityOf: (name: SymbolId | string | undefined) => Entity | undefined;
}

/** The join table of the other side, which has `@JoinTable`. */
export function ownJoinTable(target: Entity | undefined, self: Entity | undefined, inverse: string | undefined): string | undefined {
  const relations = [...(target?.relations.values() ?? [])].filter(({ isOwner }) => isOwner === true);
  const other = relations.find(({ property }) => property === inverse) ?? relations.find((one) => one.target() === self);
  return other?.joinTable?.();
}

export function cascadeOperations(program: ProgramQueries, option: CodeValue | undefined): NonNullable<Relation['cascades']> {
  if (isTrue(option)) return ['insert', 'update', 'remove'];
  const elements = option?.expression.kind === 'array' ? option.expression.elements : [];
  return elements.flatMap((expression) => {
    const text = option === undefined ? undefined : constantOf(program, { ...option, expression });
    return text === 'insert' || text === 'update' || text === 'remove' ? [text] : [];
  });
}

export const isTrue = (value: CodeValue | undefined): boolean => value?.expression.kind === 'literal' && value.expression.value === true;
