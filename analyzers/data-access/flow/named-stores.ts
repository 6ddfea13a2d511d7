import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import type { CallFlow } from './call-flow.ts';
import { type CallSite, type CodeValue, siteLocation } from './code-value.ts';
import { textsOf } from './constant-text.ts';
import { type PlacedValues, placedValues, type SeenValue } from './placed-values.ts';

/** Names that a value is, with the places that decide it; what is no constant anywhere stays open. */
export const placedNames = (flow: CallFlow, site: CallSite, value: SeenValue): PlacedValues<string> =>
  placedValues(flow, site, value, (one) => {
    const texts = textsOf(flow.program, one);
    return texts.length > 0 && texts.every(({ holes }) => holes.length === 0) ? texts.map(({ parts }) => parts.join('')) : undefined;
  });

/** A name that was looked for: where it is used, and what was found. */
export interface SoughtName {
  readonly library: string;
  readonly site: CallSite;
  readonly value: CodeValue;
  readonly named: PlacedValues<unknown>;
}

/** Tells of a name that is not known: the place that uses it, or, where other callers give one, each place that gives none. */
export function* unknownNames(program: ProgramQueries, { library, site, value, named }: SoughtName): Iterable<Diagnostic> {
  const unknown = named.placed.length === 0 ? [{ site, found: value }] : named.open;
  const places = new Map(unknown.map((one) => [`${one.site.module.id} ${one.site.index}`, one]));
  for (const place of places.values())
    yield { code: 'unknown-table', data: { library, text: openText(place.found) }, at: siteLocation(program, place.site) };
}

/** What is not known of a value, as a person would name it. */
export const openText = ({ expression }: CodeValue): string =>
  expression.kind === 'name' ? expression.name : expression.kind === 'member' ? expression.property : '…';
