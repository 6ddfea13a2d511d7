import type { SourceLocation } from '../../../src/model/location.ts';

/** How code knows that a request comes from who it says. */
export interface SignatureCheck {
  /** As a person would name it: `stripe.webhooks.constructEvent`. */
  readonly by: string;
  /** Who signs; absent where code of the program checks a signature of which it is not known. */
  readonly provider?: string;
  readonly at: SourceLocation;
}
