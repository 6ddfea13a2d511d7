import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, type Architecture, type Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { copyCommand, type CopiedFiles } from './copied-files.ts';
import { leftOutPackages } from './left-out-packages.ts';
import type { ResolvedVariables, SecretVariable } from './variables.ts';

export interface SliceFunctionProps {
  readonly functionName: string;
  readonly description: string;
  /** Folder of the slice's package. */
  readonly directory: URL;
  /** Relative to it. */
  readonly entry: string;
  readonly format: 'commonjs' | 'module';
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly runtime: Runtime;
  readonly architecture: Architecture;
  readonly variables: ResolvedVariables;
  readonly secrets: Readonly<Record<SecretVariable['source'], ISecret | undefined>>;
  readonly files: CopiedFiles;
}

/** A function with a role of its own, logs that expire, and the alias `live` behind which versions change. */
export class SliceFunction extends Construct {
  readonly alias: Alias;

  constructor(scope: Construct, id: string, props: SliceFunctionProps) {
    super(scope, id);
    const directory = fileURLToPath(props.directory);
    const { external, copied } = leftOutPackages(directory, props.entry);
    const logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Runs ${props.functionName}`,
    });
    logGroup.grantWrite(role);
    const used = [...new Set(props.variables.secret.map(({ source }) => source))];
    for (const source of used) props.secrets[source]?.grantRead(role);

    const handler = new NodejsFunction(this, 'Function', {
      functionName: props.functionName,
      description: props.description,
      entry: `${directory}${props.entry}`,
      handler: 'handler',
      projectRoot: directory,
      depsLockFilePath: lockFileOf(directory),
      runtime: props.runtime,
      architecture: props.architecture,
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      tracing: Tracing.ACTIVE,
      role,
      logGroup,
      environment: {
        ...props.variables.plain,
        ...secretEnvironment(props),
      },
      bundling: {
        tsconfig: `${directory}tsconfig.json`,
        ...FORMATS[props.format],
        ...BUNDLING,
        target: 'node22',
        sourceMap: true,
        externalModules: ['@aws-sdk/*', '@smithy/*', ...external],
        commandHooks: {
          beforeBundling: () => [],
          beforeInstall: () => [],
          afterBundling: (_input, output) => [copyCommand(directory, output, { ...props.files, packages: copied })],
        },
      },
    });
    this.alias = new Alias(this, 'Live', { aliasName: 'live', version: handler.currentVersion });
  }
}

/** As the slices were proven: class names reach answers (error.name), so a collision must not rename them. */
const BUNDLING = {
  keepNames: true,
  loader: { '.node': 'copy' },
} as const;

/** Code of either module system may ask for what only the other one has. */
const FORMATS = {
  commonjs: {
    format: OutputFormat.CJS,
    banner: 'const bundleUrl = require(\'node:url\').pathToFileURL(__filename).href;',
    define: { 'import.meta.url': 'bundleUrl' },
  },
  module: {
    format: OutputFormat.ESM,
    banner: 'import { createRequire as requireFrom } from \'node:module\'; import { dirname as folderOf } from \'node:path\'; import { fileURLToPath as pathOf } from \'node:url\'; const require = requireFrom(import.meta.url); const bundleFile = pathOf(import.meta.url); const bundleFolder = folderOf(bundleFile);',
    define: { '__dirname': 'bundleFolder', '__filename': 'bundleFile' },
  },
} as const;

/** Without a lock file the manifest stands for it: it fixes versions too. */
const lockFileOf = (directory: string): string =>
  [`${directory}package-lock.json`, `${directory}package.json`].find((path) => existsSync(path)) ?? `${directory}package.json`;

/** Secrets are named here and read when the function starts: their values stand in no configuration. */
function secretEnvironment({ variables, secrets }: SliceFunctionProps): Readonly<Record<string, string>> {
  if (variables.secret.length === 0) return { NODE_OPTIONS: '--enable-source-maps' };
  const sources = variables.secret.map(({ source, ...variable }) => ({ ...variable, secret: secrets[source]?.secretArn }));
  return {
    NODE_OPTIONS: '--enable-source-maps --import /var/task/load-secrets.mjs',
    SECRET_VARIABLES: JSON.stringify(sources),
  };
}
