import { Stack } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { databasePlacement } from '../network-placement.ts';
import { SliceFunction } from '../slice-function.ts';
import type { Slice, SliceStackProps, Target } from '../slice-stack-props.ts';
import { resolveVariables, type Variable } from '../variables.ts';

/** 2nd-hand: 1 routes of the monolith. */
export class Slice2ndHandStack extends Stack implements Slice {
  readonly name = '2nd-hand';
  readonly targets: Readonly<Record<string, Target>>;

  constructor(scope: Construct, id: string, props: SliceStackProps) {
    super(scope, id, props);
    const slice = {
      directory: new URL('../../../services/2nd-hand/', import.meta.url),
      format: 'commonjs',
      variables: resolveVariables(this, '2nd-hand', variables, props.settings),
      secrets: { slice: undefined, database: props.database.secret },
      placement: databasePlacement(this, props),
    } as const;
    this.targets = {
      '2nd-hand-api': {
        kind: 'function',
        function: new SliceFunction(this, '2nd-hand-api', {
          ...slice,
          functionName: '3d-shop-2nd-hand-api',
          description: '2nd-hand, cut out of 3D shop',
          entry: 'src/functions/2nd-hand-api.ts',
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
