import { Stack } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { databasePlacement } from '../network-placement.ts';
import { SliceFunction } from '../slice-function.ts';
import type { Slice, SliceStackProps, Target } from '../slice-stack-props.ts';
import { resolveVariables, type Variable } from '../variables.ts';

/** front-door: 1 routes of the monolith. */
export class SliceFrontDoorStack extends Stack implements Slice {
  readonly name = 'front-door';
  readonly targets: Readonly<Record<string, Target>>;

  constructor(scope: Construct, id: string, props: SliceStackProps) {
    super(scope, id, props);
    const slice = {
      directory: new URL('../../../services/front-door/', import.meta.url),
      format: 'commonjs',
      variables: resolveVariables(this, 'front-door', variables, props.settings),
      secrets: { slice: undefined, database: props.database.secret },
      placement: databasePlacement(this, props),
    } as const;
    this.targets = {
      'front-door-api': {
        kind: 'function',
        function: new SliceFunction(this, 'front-door-api', {
          ...slice,
          functionName: '3d-shop-front-door-api',
          description: 'front-door, cut out of 3D shop',
          entry: 'src/functions/front-door-api.ts',
          memoryMb: 1024,
          timeoutSeconds: 29,
          runtime: Runtime.NODEJS_22_X,
          architecture: Architecture.ARM_64,
          files: {
            assets: [],
          },
        }).alias,
      },
    };
  }
}

const variables: readonly Variable[] = [
];
