import type { CallFlow } from './call-flow.ts';
import type { CallSite, CodeValue } from './code-value.ts';
import { textsOf } from './constant-text.ts';
import { placedValues } from './placed-values.ts';

/** A name with `*` for what only a run tells, and the place that says so. */
export interface PlacedPattern {
  readonly site: CallSite;
  readonly pattern: string;
}

/** Keys as far as they are constant: `session:${id}` is `session:*`. Of a key that is not known at all there is none. */
export function placedPatterns(flow: CallFlow, site: CallSite, value: CodeValue): readonly PlacedPattern[] {
  const { placed } = placedValues(flow, site, value, (one) => {
    const texts = textsOf(flow.program, one);
    const patterns = texts.map(({ parts }) => parts.join('*')).filter((pattern) => /[a-z0-9]/i.test(pattern));
    return patterns.length < texts.length || patterns.length === 0 ? undefined : patterns;
  });
  return placed.map(({ site: place, found }) => ({ site: place, pattern: found.replaceAll(/\*+/g, '*') }));
}
