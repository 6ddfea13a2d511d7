import { cloudFunctionName } from '../../src/generate/gateway/function-name.ts';
import type { GatewayEntry, GatewayRouting } from '../../src/generate/gateway/gateway-routes.ts';
import type { GeneratorInput } from '../../src/generate/generator.ts';
import type { ServiceId } from '../../src/model/ids.ts';

type Input = Pick<GeneratorInput, 'plan'>;

/**
 * The HTTP API as OpenAPI 3.1 with API Gateway's extensions. `${…}` are CloudFormation's pseudo parameters and `MonolithUrl`,
 * so the document can be imported with `Fn::Sub`, or after filling them in.
 */
export function gatewayOpenApi(input: Input, { entries }: GatewayRouting): object {
  const withIntegration = (entry: GatewayEntry) => ({ ...operation(entry), 'x-amazon-apigateway-integration': integration(input, entry) });
  return {
    ...head(input, 'gateway', [{ url: '/' }]),
    paths: {
      ...toPaths(entries, withIntegration),
      '/$default': {
        'x-amazon-apigateway-any-method': {
          isDefaultRoute: true,
          'x-amazon-apigateway-integration': monolithIntegration(),
        },
      },
    },
    ...components(entries),
  };
}

/** What one slice answers, without any gateway's details. */
export function serviceOpenApi(input: Input, { entries }: GatewayRouting, service: ServiceId): object {
  const own = entries.filter(({ target }) => target.kind === 'function' && target.service === service);
  return { ...head(input, service, [{ url: '/' }]), paths: toPaths(own, operation), ...components(own) };
}

const head = ({ plan }: Input, part: string, servers: readonly object[]) => ({
  openapi: '3.1.0',
  info: {
    title: `${plan.name} ${part}`,
    version: '0.0.0',
    description: 'The moved routes as the slices answer them once they take the traffic.',
    license: { name: 'UNLICENSED', identifier: 'LicenseRef-UNLICENSED' },
  },
  servers,
});

function toPaths(entries: readonly GatewayEntry[], print: (entry: GatewayEntry) => object): Readonly<Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const entry of entries) {
    paths[entry.path] ??= {};
    Object.assign(paths[entry.path] ?? {}, { [operationKey(entry.method)]: print(entry) });
  }
  return paths;
}

const operationKey = (method: string): string => (method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase());

function operation(entry: GatewayEntry): object {
  // `{name+}` is API Gateway's own; linters find no parameter of OpenAPI in it, so none is declared.
  const parameters = [...entry.path.matchAll(/\{(?<name>[\w.-]+)\}/g)].map((match) => ({
    name: match.groups?.name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return {
    operationId: operationId(entry),
    summary: entry.route === undefined ? 'Kept at the monolith' : `${entry.route.id} of the monolith`,
    tags: [entry.target.kind === 'function' ? entry.target.service : 'monolith'],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(isAuthenticated(entry) ? { security: [{ monolith: [] }] } : { security: [] }),
    responses: {
      '4XX': { description: 'Refused as the monolith refuses.' },
      default: { description: 'As the monolith answers.' },
    },
  };
}

/** Unique because method and path are. */
const operationId = ({ method, path }: GatewayEntry): string =>
  `${method.toLowerCase()}${path
    .replace(/\{([\w.-]+)(\+?)\}/g, (_, name: string, greedy: string) => `${greedy === '+' ? 'all-' : 'by-'}${name}`)
    .replace(/[^A-Za-z0-9]+/g, (separator) => (separator.includes('/') ? '_' : '-'))
    .replace(/_$/, '_root')}`;

const isAuthenticated = ({ route }: GatewayEntry): boolean => route?.chain.some(({ role }) => role === 'authentication') ?? false;

/** How the monolith checks callers is its middleware's matter, which moves along; the gateway only says that it does. */
const components = (entries: readonly GatewayEntry[]): object =>
  entries.some(isAuthenticated)
    ? {
        components: {
          securitySchemes: {
            monolith: {
              type: 'apiKey',
              in: 'header',
              name: 'authorization',
              description: "Checked by the monolith's own middleware, which the slices carry.",
            },
          },
        },
      }
    : {};

const integration = ({ plan }: Input, { target }: GatewayEntry): object =>
  target.kind === 'monolith'
    ? monolithIntegration()
    : {
        type: 'aws_proxy',
        httpMethod: 'POST',
        uri: `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${cloudFunctionName(plan, target.function)}:live/invocations`,
        payloadFormatVersion: '2.0',
      };

/** The path is handed on as it came, without the stage. */
const monolithIntegration = (): object => ({
  type: 'http_proxy',
  httpMethod: 'ANY',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: filled by whoever imports the document.
  uri: '${MonolithUrl}',
  payloadFormatVersion: '1.0',
  requestParameters: { 'overwrite:path': '$request.path' },
});
