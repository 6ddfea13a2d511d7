import { type ISecurityGroup, type IVpc, SecurityGroup, type SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { SliceStackProps } from './slice-stack-props.ts';

/** Where a slice's code runs inside a network. */
export interface NetworkPlacement {
  readonly vpc: IVpc;
  readonly vpcSubnets: SubnetSelection;
  readonly securityGroups: ISecurityGroup[];
}

/** The network from which the chosen database can be reached; undefined when an existing one needs none. */
export function databasePlacement(scope: Construct, props: SliceStackProps): NetworkPlacement | undefined {
  const { settings, network, database } = props;
  if (settings.database === 'aurora') return inside(network(scope), database.clients);
  if (settings.existingNetwork === undefined) return undefined;
  return inside(network(scope), SecurityGroup.fromSecurityGroupId(scope, 'DatabaseClients', settings.existingNetwork.securityGroupId));
}

/** A network for code that must run in one. */
export function anyPlacement(scope: Construct, props: SliceStackProps): NetworkPlacement {
  const found = databasePlacement(scope, props);
  if (found !== undefined) return found;
  const vpc = props.network(scope);
  return inside(vpc, new SecurityGroup(scope, 'Group', { vpc }));
}

const inside = (vpc: IVpc, group: ISecurityGroup): NetworkPlacement => ({
  vpc,
  vpcSubnets: { subnets: vpc.privateSubnets.length > 0 ? vpc.privateSubnets : vpc.isolatedSubnets },
  securityGroups: [group],
});
