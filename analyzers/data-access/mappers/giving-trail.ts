import type { Members } from './members.ts';
import type { MapperReader, Part } from './reading.ts';

/** The way that a question about the members of a value has come. */
export interface GivingTrail {
  readonly reader: MapperReader;
  /** Asks the same of another value, one step further. */
  of(part: Part): Members;
}
