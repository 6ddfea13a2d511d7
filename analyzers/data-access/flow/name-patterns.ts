import type { CallFlow } from './call-flow.ts';
import type { CallSite, CodeValue } from './code-value.ts';
import { textsOf } from './constant-text.ts';
import { type PlacedValues, placedValues } from './placed-values.ts';

/** Keys as far as they are constant, with `*` for what only a run tells: `session:${id}` is `session:*`. */
export const placedPatterns = (flow: CallFlow, site: CallSite, value: CodeValue): PlacedValues<string> =>
  placedValues(flow, site, value, (one) => {
    const texts = textsOf(flow.program, one);
    const patterns = texts.map(({ parts }) => parts.join('*')).filter((pattern) => /[a-z0-9]/i.test(pattern));
    return patterns.length < texts.length || patterns.length === 0 ? undefined : patterns.map((text) => text.replaceAll(/\*+/g, '*'));
  });
