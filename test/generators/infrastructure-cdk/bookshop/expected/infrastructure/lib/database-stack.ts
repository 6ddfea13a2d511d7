import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { type ISecurityGroup, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { AuroraPostgresEngineVersion, ClusterInstance, Credentials, DatabaseCluster, DatabaseClusterEngine } from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Network } from './network-stack.ts';

export interface DatabaseStackProps extends StackProps {
  readonly network: Network;
}

/**
 * Aurora Serverless v2: the database the tables move to. It scales to zero when nobody asks.
 * Slices use it when `database` is set to `aurora`; until then they share the monolith's.
 */
export class DatabaseStack extends Stack {
  /** Host, port, name, user and password as JSON. */
  readonly secret: ISecret;
  /** Whoever carries this group may reach the database. */
  readonly clients: ISecurityGroup;

  constructor(scope: Construct, id: string, { network, ...props }: DatabaseStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const vpc = network(this);
    this.clients = new SecurityGroup(this, 'Clients', { vpc, description: 'May reach the database' });
    const cluster = new DatabaseCluster(this, 'Cluster', {
      engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_6 }),
      writer: ClusterInstance.serverlessV2('Writer'),
      serverlessV2MinCapacity: 0,
      serverlessV2MaxCapacity: 4,
      vpc,
      vpcSubnets: { subnets: vpc.privateSubnets.length > 0 ? vpc.privateSubnets : vpc.isolatedSubnets },
      credentials: Credentials.fromGeneratedSecret('application'),
      defaultDatabaseName: 'application',
      storageEncrypted: true,
      backup: { retention: Duration.days(7) },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    cluster.connections.allowDefaultPortFrom(this.clients);
    if (cluster.secret === undefined) throw new Error('the cluster has no secret');
    this.secret = cluster.secret;
  }
}
