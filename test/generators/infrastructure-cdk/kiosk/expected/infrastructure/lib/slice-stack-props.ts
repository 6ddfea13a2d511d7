import type { StackProps } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Settings } from './settings.ts';

/** What every slice is given. */
export interface SliceStackProps extends StackProps {
  readonly settings: Settings;
}

/** What answers the routes of a slice. */
export type Target =
  | { readonly kind: 'function'; readonly function: IFunction };

/** A slice as the front door sees it: its targets by function name. */
export interface Slice {
  readonly name: string;
  readonly targets: Readonly<Record<string, Target>>;
}
