import { Stack } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { SliceFunction } from '../slice-function.ts';
import type { Slice, SliceStackProps, Target } from '../slice-stack-props.ts';
import { resolveVariables, type Variable } from '../variables.ts';

/** News: 1 routes of the monolith. */
export class SliceNewsStack extends Stack implements Slice {
  readonly name = 'news';
  readonly targets: Readonly<Record<string, Target>>;

  constructor(scope: Construct, id: string, props: SliceStackProps) {
    super(scope, id, props);
    const slice = {
      directory: new URL('../../../services/news/', import.meta.url),
      format: 'commonjs',
      variables: resolveVariables(this, 'news', variables, props.settings),
      secrets: { slice: undefined, database: undefined },
    } as const;
    this.targets = {
      'news-api': {
        kind: 'function',
        function: new SliceFunction(this, 'news-api', {
          ...slice,
          functionName: 'kiosk-news-api',
          description: 'News, cut out of kiosk',
          entry: 'src/functions/news-api.ts',
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
