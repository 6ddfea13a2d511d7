import { Stack } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { databasePlacement } from '../network-placement.ts';
import { SliceFunction } from '../slice-function.ts';
import type { Slice, SliceStackProps, Target } from '../slice-stack-props.ts';
import { resolveVariables, type Variable } from '../variables.ts';

/** books-that-were-lent-and-have-not-come-back-for-longer-than-one-year: 1 routes of the monolith. */
export class SliceBooksThatWereLentAndHaveNotComeBackForLongerThanOneYearStack extends Stack implements Slice {
  readonly name = 'books-that-were-lent-and-have-not-come-back-for-longer-than-one-year';
  readonly targets: Readonly<Record<string, Target>>;

  constructor(scope: Construct, id: string, props: SliceStackProps) {
    super(scope, id, props);
    const slice = {
      directory: new URL('../../../services/books-that-were-lent-and-have-not-come-back-for-longer-than-one-year/', import.meta.url),
      format: 'commonjs',
      variables: resolveVariables(this, 'books-that-were-lent-and-have-not-come-back-for-longer-than-one-year', variables, props.settings),
      secrets: { slice: undefined, database: props.database.secret },
      placement: databasePlacement(this, props),
    } as const;
    this.targets = {
      'books-that-were-lent-and-have-not-come-back-for-longer-than-one-year-api': {
        kind: 'function',
        function: new SliceFunction(this, 'books-that-were-lent-and-have-not-come-back-for-longer-than-one-year-api', {
          ...slice,
          functionName: 'books-that-were-lent-and-have-not-come-back-for-longer-3b71bb40',
          description: 'books-that-were-lent-and-have-not-come-back-for-longer-than-one-year, cut out of 3D shop',
          entry: 'src/functions/books-that-were-lent-and-have-not-come-back-for-longer-than-one-year-api.ts',
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
