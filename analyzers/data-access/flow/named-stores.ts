import type { CallFlow } from './call-flow.ts';
import type { CallSite, CodeValue } from './code-value.ts';
import { textsOf } from './constant-text.ts';
import { type PlacedValues, placedValues } from './placed-values.ts';

/** Names that a value is, with the places that decide it; what is no constant anywhere stays open. */
export const placedNames = (flow: CallFlow, site: CallSite, value: CodeValue): PlacedValues<string> =>
  placedValues(flow, site, value, (one) => {
    const texts = textsOf(flow.program, one);
    return texts.length > 0 && texts.every(({ holes }) => holes.length === 0) ? texts.map(({ parts }) => parts.join('')) : undefined;
  });

/** What is not known of a value, as a person would name it. */
export const openText = ({ expression }: CodeValue): string =>
  expression.kind === 'name' ? expression.name : expression.kind === 'member' ? expression.property : '…';
