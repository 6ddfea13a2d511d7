import { findMember } from './evaluate-member.ts';
import type { Evaluator } from './evaluator.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';
import { optionsOf, type Value } from './value.ts';

/** A declaration that a call leads to. */
export interface Target {
  readonly file: LinkedFile;
  readonly index: number;
}

/**
 * What calling a method runs. One without a body (of an interface, or abstract) stands for the bodies that the classes
 * below its receiver's own type have: `segments.get()` of a `SegmentStore extends Store` does not lead to every `Store`.
 * Where none is known the declaration stands for itself.
 */
export function implementationsOf(e: Evaluator, method: Target, receiver: () => Value | undefined): readonly Target[] {
  const { binding, parent } = declarationAt(method.file, method.index);
  if (binding === undefined || !lacksBody(method)) return [method];
  const value = receiver();
  const known: readonly Target[] = value === undefined ? [] : optionsOf(value).filter((option) => option.kind === 'instance');
  const types = known.length === 0 ? [{ file: method.file, index: parent }] : known;
  const [only, ...others] = types.map((type) => e.bodiesBelow(type.file, type.index, binding));
  const bodies = others.length === 0 ? (only ?? []) : distinct([only ?? [], ...others].flat());
  return bodies.length === 0 ? [method] : bodies;
}

/** What the classes below a type run under a name, each body once. */
export const findBodiesBelow = (e: Evaluator, type: Target, name: string): readonly Target[] =>
  distinct(classesBelow(e, type).flatMap((one) => bodyIn(e, one, name)));

function lacksBody({ file, index }: Target): boolean {
  const { returns, kind, isAbstract } = declarationAt(file, index);
  return returns === undefined && (kind === 'method' || (kind === 'field' && isAbstract === true));
}

/** What a class runs under a name: its own method, or the one it inherits. */
function bodyIn(e: Evaluator, { file, index }: Target, name: string): Target[] {
  const found = findMember(e, { kind: 'instance', file, index, arguments: [] }, name, 'instance');
  if (found === undefined || 'external' in found) return [];
  return lacksBody(found) ? [] : [{ file: found.file, index: found.index }];
}

/** Every class and interface that implements or extends a type, at any distance. */
function classesBelow(e: Evaluator, type: Target): readonly Target[] {
  const seen = new Set<string>();
  const found: Target[] = [];
  const pending = [type];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    for (const below of e.implementations(current.file, current.index)) {
      if (seen.has(keyOf(below))) continue;
      seen.add(keyOf(below));
      found.push(below);
      pending.push(below);
    }
  }
  return found;
}

const keyOf = ({ file, index }: Target): string => `${file.id}#${index}`;

const distinct = (targets: readonly Target[]): readonly Target[] => [...new Map(targets.map((target) => [keyOf(target), target])).values()];
