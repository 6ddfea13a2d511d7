import { Stack } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { databasePlacement } from '../network-placement.ts';
import { SliceFunction } from '../slice-function.ts';
import { sliceSecret } from '../slice-secret.ts';
import type { Slice, SliceStackProps, Target } from '../slice-stack-props.ts';
import { resolveVariables, type Variable } from '../variables.ts';

/** Catalogue: 2 routes of the monolith. */
export class SliceCatalogueStack extends Stack implements Slice {
  readonly name = 'catalogue';
  readonly targets: Readonly<Record<string, Target>>;

  constructor(scope: Construct, id: string, props: SliceStackProps) {
    super(scope, id, props);
    const slice = {
      directory: new URL('../../../services/catalogue/', import.meta.url),
      format: 'commonjs',
      variables: resolveVariables(this, 'catalogue', variables, props.settings),
      secrets: { slice: sliceSecret(this, 'acme-bookshop/catalogue'), database: props.database.secret },
      placement: databasePlacement(this, props),
    } as const;
    this.targets = {
      'catalogue-api': {
        kind: 'function',
        function: new SliceFunction(this, 'catalogue-api', {
          ...slice,
          functionName: 'acme-bookshop-catalogue-api',
          description: 'Catalogue, cut out of @acme/bookshop',
          entry: 'src/functions/catalogue-api.ts',
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
  { name: 'DATABASE_URL', secret: true, database: 'postgresql://{username}:{password}@{host}:{port}/{dbname}' },
  { name: 'JWT_SECRET', secret: true, fallback: true },
  { name: 'LOG_LEVEL', secret: false, fallback: 'it\'s "quoted" `${here}`' },
];
