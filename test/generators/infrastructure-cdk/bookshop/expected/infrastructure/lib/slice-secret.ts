import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** The secret values of a slice, as JSON by variable name. Created empty; a function that starts without a value says which one. */
export const sliceSecret = (scope: Construct, secretName: string): Secret =>
  new Secret(scope, 'Secrets', {
    secretName,
    description: 'Values of the secret variables the slice reads, as JSON by name',
    generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'generated' },
    removalPolicy: RemovalPolicy.RETAIN,
  });
