import { Stack } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { databasePlacement } from '../network-placement.ts';
import { SliceFunction } from '../slice-function.ts';
import { sliceSecret } from '../slice-secret.ts';
import type { Slice, SliceStackProps, Target } from '../slice-stack-props.ts';
import { resolveVariables, type Variable } from '../variables.ts';

/** database: 1 routes of the monolith. */
export class SliceDatabaseStack extends Stack implements Slice {
  readonly name = 'database';
  readonly targets: Readonly<Record<string, Target>>;

  constructor(scope: Construct, id: string, props: SliceStackProps) {
    super(scope, id, props);
    const slice = {
      directory: new URL('../../../services/database/', import.meta.url),
      format: 'commonjs',
      variables: resolveVariables(this, 'database', variables, props.settings),
      secrets: { slice: sliceSecret(this, '3d-shop/database'), database: props.database.secret },
      placement: databasePlacement(this, props),
    } as const;
    this.targets = {
      'database-api': {
        kind: 'function',
        function: new SliceFunction(this, 'database-api', {
          ...slice,
          functionName: '3d-shop-database-api',
          description: 'database, cut out of 3D shop',
          entry: 'src/functions/database-api.ts',
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
  { name: 'API_KEY', secret: true },
];
