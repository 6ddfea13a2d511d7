import type { StackProps } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IService } from 'aws-cdk-lib/aws-servicediscovery';
import type { DatabaseStack } from './database-stack.ts';
import type { Network } from './network-stack.ts';
import type { Settings } from './settings.ts';

/** What every slice is given. */
export interface SliceStackProps extends StackProps {
  readonly settings: Settings;
  readonly network: Network;
  readonly database: DatabaseStack;
}

/** What answers the routes of a slice. */
export type Target =
  | { readonly kind: 'service'; readonly service: IService; readonly vpc: IVpc; readonly securityGroups: readonly ISecurityGroup[] }
  | { readonly kind: 'function'; readonly function: IFunction };

/** A slice as the front door sees it: its targets by function name. */
export interface Slice {
  readonly name: string;
  readonly targets: Readonly<Record<string, Target>>;
}
