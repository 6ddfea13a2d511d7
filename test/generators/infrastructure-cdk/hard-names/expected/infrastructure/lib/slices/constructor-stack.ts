import { CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  Cluster,
  ContainerImage,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { Port } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DnsRecordType } from 'aws-cdk-lib/aws-servicediscovery';
import type { Construct } from 'constructs';
import { anyPlacement } from '../network-placement.ts';
import type { Slice, SliceStackProps, Target } from '../slice-stack-props.ts';
import { resolveVariables, type Variable } from '../variables.ts';

const PORT = 8080;

/** constructor: 1 routes of the monolith. Runs on Fargate; the image must listen on port 8080. */
export class SliceConstructorStack extends Stack implements Slice {
  readonly name = 'constructor';
  readonly targets: Readonly<Record<string, Target>>;

  constructor(scope: Construct, id: string, props: SliceStackProps) {
    super(scope, id, props);
    // A template over the database's secret cannot be filled for a container: those variables come from the slice's own secret.
    const { plain } = resolveVariables(this, 'constructor', variables.filter(({ secret }) => !secret), { ...props.settings, database: 'existing' });
    const placement = anyPlacement(this, props);
    const cluster = new Cluster(this, 'Cluster', { vpc: placement.vpc });
    const namespace = cluster.addDefaultCloudMapNamespace({ name: '3d-shop-constructor.internal' });
    const taskDefinition = new FargateTaskDefinition(this, 'Task', {
      cpu: 512,
      memoryLimitMiB: 1024,
      runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64, operatingSystemFamily: OperatingSystemFamily.LINUX },
    });
    taskDefinition.addContainer('Application', {
      image: ContainerImage.fromRegistry(
        props.settings.images['constructor'] ?? new CfnParameter(this, 'Image', { type: 'String', description: 'Container image of the slice' }).valueAsString,
      ),
      portMappings: [{ containerPort: PORT }],
      environment: { ...plain, PORT: String(PORT) },
      logging: LogDrivers.awsLogs({
        streamPrefix: 'constructor',
        logGroup: new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY }),
      }),
    });
    const service = new FargateService(this, 'Service', {
      cluster,
      taskDefinition,
      desiredCount: 1,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
      vpcSubnets: placement.vpcSubnets,
      securityGroups: placement.securityGroups,
      cloudMapOptions: { cloudMapNamespace: namespace, dnsRecordType: DnsRecordType.SRV, containerPort: PORT },
    });
    service.connections.allowFrom(service, Port.tcp(PORT), 'The front door carries the same group');
    if (service.cloudMapService === undefined) throw new Error('the service is not registered');
    const target = { kind: 'service', service: service.cloudMapService, vpc: placement.vpc, securityGroups: placement.securityGroups } as const;
    this.targets = { 'constructor-api': target };
  }
}

const variables: readonly Variable[] = [
];
