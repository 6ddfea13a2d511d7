import { Annotations, CfnOutput, CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import {
  CfnRoute,
  HttpApi,
  HttpIntegration,
  HttpIntegrationType,
  HttpMethod,
  MappingValue,
  ParameterMapping,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { routes } from './routes.ts';
import type { Settings } from './settings.ts';
import type { Slice, Target } from './slice-stack-props.ts';

export interface FrontDoorStackProps extends StackProps {
  readonly settings: Settings;
  readonly slices: readonly Slice[];
}

/** The HTTP API in front of all: moved routes go to their slice, every other request to the monolith. */
export class FrontDoorStack extends Stack {
  constructor(scope: Construct, id: string, { settings, slices, ...props }: FrontDoorStackProps) {
    super(scope, id, props);
    const api = new HttpApi(this, 'Api', { apiName: 'kiosk', description: 'Front door of kiosk: moved routes to their slices, all others to the monolith' });
    const monolith = monolithIntegration(this, api, settings);
    // Scopes of their own, so that ids which differ only in punctuation stay apart.
    const behind = new Construct(this, 'Targets');
    const integrations = new Map(
      slices.flatMap((slice) => {
        const isLive = takesTraffic(this, slice, settings);
        return Object.entries(slice.targets).map(([name, target]) => {
          const integration = integrationOf(behind, api, name, target);
          return [name, isLive ? integration : monolith] as const;
        });
      }),
    );

    const paths = new Construct(this, 'Routes');
    addRoute(paths, api, '$default', monolith);
    for (const { method, path, target } of routes) {
      const integration = target === undefined ? monolith : integrations.get(target);
      if (integration === undefined) throw new Error(`${path}: no slice has a function ${target}`);
      addRoute(paths, api, `${method} ${path}`, integration);
    }
    new CfnOutput(this, 'Url', { value: api.apiEndpoint, description: 'Where clients find the application' });
  }
}

/** Until a slice takes its whole traffic the monolith answers: an HTTP API knows no shares. */
function takesTraffic(scope: Construct, { name }: Slice, { weights }: Settings): boolean {
  const weight = weights[name] ?? 0;
  if (weight > 0 && weight < 100) {
    Annotations.of(scope).addWarningV2(`weight:${name}`, `${name} should take ${weight} %, which an HTTP API cannot split: its routes stay at the monolith`);
  }
  return weight === 100;
}

const addRoute = (scope: Construct, api: HttpApi, routeKey: string, integration: HttpIntegration): CfnRoute =>
  new CfnRoute(scope, routeKey, { apiId: api.apiId, routeKey, target: `integrations/${integration.integrationId}` });

/** The path is handed on as it came, without the stage. */
const samePath = (): ParameterMapping => new ParameterMapping().overwritePath(MappingValue.requestPath());

function monolithIntegration(scope: Construct, httpApi: HttpApi, { monolithUrl }: Settings): HttpIntegration {
  const asked = () => new CfnParameter(scope, 'MonolithUrl', { type: 'String', description: 'Where the monolith answers, with protocol' });
  return new HttpIntegration(scope, 'Monolith', {
    httpApi,
    integrationType: HttpIntegrationType.HTTP_PROXY,
    integrationUri: monolithUrl ?? asked().valueAsString,
    method: HttpMethod.ANY,
    payloadFormatVersion: PayloadFormatVersion.VERSION_1_0,
    parameterMapping: samePath(),
  });
}

/** One integration and one permission for each function, however many routes lead to it: a stack holds 500 resources. */
function integrationOf(scope: Construct, httpApi: HttpApi, name: string, target: Target): HttpIntegration {
  const { functionArn } = target.function;
  new CfnPermission(scope, `Permission ${name}`, {
    action: 'lambda:InvokeFunction',
    principal: 'apigateway.amazonaws.com',
    functionName: functionArn,
    sourceArn: Stack.of(scope).formatArn({ service: 'execute-api', resource: httpApi.apiId, resourceName: '*/*' }),
  });
  return new HttpIntegration(scope, `Integration ${name}`, {
    httpApi,
    integrationType: HttpIntegrationType.AWS_PROXY,
    integrationUri: functionArn,
    payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
  });
}
