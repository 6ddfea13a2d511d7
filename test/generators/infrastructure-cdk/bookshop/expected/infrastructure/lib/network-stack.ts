import { type App, Stack } from 'aws-cdk-lib';
import { type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** The network of the database and of whatever must reach it, as a stack sees it. */
export type Network = (scope: Construct) => IVpc;

/** The existing network that the settings name, else a new one in a stack of its own. */
export function networkOf(app: App, stackName: string, settings: Settings): Network {
  const { existingNetwork, natGateways } = settings;
  if (existingNetwork === undefined) {
    const { vpc } = new NetworkStack(app, stackName, natGateways);
    return () => vpc;
  }
  const { vpcId, availabilityZones, privateSubnetIds } = existingNetwork;
  return (scope) =>
    Vpc.fromVpcAttributes(scope, 'Network', { vpcId, availabilityZones: [...availabilityZones], privateSubnetIds: [...privateSubnetIds] });
}

class NetworkStack extends Stack {
  readonly vpc: IVpc;

  constructor(scope: Construct, id: string, natGateways: number) {
    super(scope, id);
    const subnetType = natGateways > 0 ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED;
    this.vpc = new Vpc(this, 'Network', {
      maxAzs: 2,
      natGateways,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24 },
        { name: 'private', subnetType, cidrMask: 22 },
      ],
    });
  }
}
