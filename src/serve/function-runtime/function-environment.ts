import type { GatewayFunction } from '../../model/gateway-table.ts';

export interface FunctionEnvironmentOptions {
  readonly definition: GatewayFunction;
  /** `host:port` of the runtime API this instance asks. */
  readonly runtimeApi: string;
  readonly taskRoot: string;
  /** Number of the instance, for its log stream. */
  readonly instance: number;
  /** Where declared variables take their values from. */
  readonly values: NodeJS.ProcessEnv;
  readonly proof: 'on' | 'off';
}

/**
 * The environment of one instance: Lambda's own variables, and of the caller's only those the function declares.
 * Two exceptions: `PATH` and `HOME`, without which a process hardly runs, and `NODE_ENV`, which frameworks read
 * themselves and which must be the monolith's for the answers to be comparable.
 */
export function functionEnvironment(options: FunctionEnvironmentOptions): NodeJS.ProcessEnv {
  const { definition, values } = options;
  const environment: NodeJS.ProcessEnv = {};
  for (const name of ['PATH', 'HOME', 'SYSTEMROOT', 'NODE_ENV', ...definition.environment]) {
    const value = values[name];
    if (value !== undefined) environment[name] = value;
  }
  const region = values.AWS_REGION ?? values.AWS_DEFAULT_REGION ?? 'us-east-1';
  Object.assign(environment, {
    AWS_LAMBDA_RUNTIME_API: options.runtimeApi,
    _HANDLER: 'index.handler',
    LAMBDA_TASK_ROOT: options.taskRoot,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]${options.instance}`,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
  });
  if (options.proof === 'on') environment.BANYAN_PROOF = '1';
  return environment;
}
