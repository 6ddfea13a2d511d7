import type { App } from 'aws-cdk-lib';

/** What is chosen at deployment: from `cdk.json`, `-c name=value`, or the environment. */
export interface Settings {
  /** Where the monolith answers; without it the front door asks for it as a stack parameter. */
  readonly monolithUrl: string | undefined;
  /** `existing`: the slices use the monolith's database. `aurora`: they use the one of the database stack. */
  readonly database: 'existing' | 'aurora';
  /** The network of the existing database; without it functions run outside any network. */
  readonly existingNetwork: ExistingNetwork | undefined;
  readonly natGateways: number;
  /** Values of plain variables, by slice and name, which win over the monolith's defaults. */
  readonly environment: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Share of its routes' traffic a slice takes, by slice: 0 or 100, for an HTTP API cannot split. */
  readonly weights: Readonly<Record<string, number>>;
  /** Container images of slices that run on Fargate, by slice. */
  readonly images: Readonly<Record<string, string>>;
}

export interface ExistingNetwork {
  readonly vpcId: string;
  readonly availabilityZones: readonly string[];
  readonly privateSubnetIds: readonly string[];
  /** The group that the database lets in. */
  readonly securityGroupId: string;
}

export function readSettings(app: App): Settings {
  const context = (name: string): unknown => app.node.tryGetContext(name);
  const vpcId = text(context('vpcId'));
  return {
    monolithUrl: text(context('monolithUrl')) ?? text(process.env['MONOLITH_URL']),
    database: oneOf(context('database') ?? 'existing', ['existing', 'aurora']),
    existingNetwork:
      vpcId === undefined
        ? undefined
        : {
            vpcId,
            availabilityZones: list(required('availabilityZones', context('availabilityZones'))),
            privateSubnetIds: list(required('privateSubnetIds', context('privateSubnetIds'))),
            securityGroupId: required('securityGroupId', context('securityGroupId')),
          },
    natGateways: Number(context('natGateways') ?? 1),
    environment: byName(context('environment')),
    weights: byName({ ...plannedWeights, ...byName(context('weights')) }),
    images: byName(context('images')),
  };
}

/** As the plan has them. */
const plannedWeights: Settings['weights'] = {
  'news': 100,
};

/** Without what every object has, such as a `constructor`. */
const byName = <T>(value: unknown): Readonly<Record<string, T>> => Object.assign(Object.create(null), value);

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const list = (value: string): readonly string[] => value.split(',').map((item) => item.trim());

function oneOf<const T extends string>(value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new Error(`"${String(value)}" is none of ${allowed.join(', ')}`);
  return found;
}

function required(name: string, value: unknown): string {
  const found = text(value);
  if (found === undefined) throw new Error(`vpcId needs ${name} too: -c ${name}=…`);
  return found;
}
