import { Stack } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { databasePlacement } from '../network-placement.ts';
import { SliceFunction } from '../slice-function.ts';
import type { Slice, SliceStackProps, Target } from '../slice-stack-props.ts';
import { resolveVariables, type Variable } from '../variables.ts';

/** books-that-were-lent-and-have-not-come-back-for-longer-than-one-week: 1 routes of the monolith. */
export class SliceBooksThatWereLentAndHaveNotComeBackForLongerThanOneWeekStack extends Stack implements Slice {
  readonly name = 'books-that-were-lent-and-have-not-come-back-for-longer-than-one-week';
  readonly targets: Readonly<Record<string, Target>>;

  constructor(scope: Construct, id: string, props: SliceStackProps) {
    super(scope, id, props);
    const slice = {
      directory: new URL('../../../services/books-that-were-lent-and-have-not-come-back-for-longer-than-one-week/', import.meta.url),
      format: 'commonjs',
      variables: resolveVariables(this, 'books-that-were-lent-and-have-not-come-back-for-longer-than-one-week', variables, props.settings),
      secrets: { slice: undefined, database: props.database.secret },
      placement: databasePlacement(this, props),
    } as const;
    this.targets = {
      'books-that-were-lent-and-have-not-come-back-for-longer-than-one-week-api': {
        kind: 'function',
        function: new SliceFunction(this, 'books-that-were-lent-and-have-not-come-back-for-longer-than-one-week-api', {
          ...slice,
          functionName: 'books-that-were-lent-and-have-not-come-back-for-longer-418b24c6',
          description: 'books-that-were-lent-and-have-not-come-back-for-longer-than-one-week, cut out of 3D shop',
          entry: 'src/functions/books-that-were-lent-and-have-not-come-back-for-longer-than-one-week-api.ts',
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
