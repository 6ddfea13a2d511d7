import { propertyOf, textOf } from '../../../src/analyze/decorator-calls.ts';
import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { ChainRole } from '../../../src/model/fact.ts';
import type { NestApplication } from './application.ts';
import { conditionsOf } from './conditions.ts';
import type { NestLink } from './links.ts';

/** Methods of an application that put middleware of Nest itself before all handlers. */
const METHODS: Readonly<Record<string, { readonly method: string; readonly role: ChainRole }>> = {
  cors: { method: 'enableCors', role: 'middleware' },
  'body-parser': { method: 'useBodyParser', role: 'body-parser' },
  static: { method: 'useStaticAssets', role: 'static' },
};

/** `app.enableCors()`, `app.useBodyParser('json')`, `app.useStaticAssets('public')`. */
export function ownMiddleware(application: NestApplication, effect: BootEffect): NestLink | undefined {
  const known = METHODS[effect.verb];
  if (known === undefined) return undefined;
  const { method, role } = known;
  return {
    role,
    name: `${method}(${written(effect.arguments[0])})`,
    scope: 'application',
    at: effect.at,
    isKnown: true,
    value: { kind: 'unknown' },
    ...conditionsOf(application, effect),
  };
}

const written = (value: BootValue | undefined): string =>
  value?.kind === 'constant' && typeof value.value === 'string' ? JSON.stringify(value.value) : '';

/** `NestFactory.create(AppModule, { cors: true })`: enabled when the application begins to listen. */
export function corsOption({ created }: NestApplication): NestLink | undefined {
  const cors = created?.arguments.map((value) => propertyOf(value, 'cors')).find((value) => value !== undefined);
  const isOff = cors === undefined || (cors.kind === 'constant' && (cors.value === undefined || cors.value === false));
  if (created === undefined || isOff) return undefined;
  return { role: 'middleware', name: 'cors', scope: 'application', at: created.at, isKnown: true, value: { kind: 'unknown' } };
}

/** The path below which static files are served, where the call names one; Express has the folder before its options, Fastify among them. */
export const staticPrefix = ({ arguments: given }: BootEffect): string =>
  given.map((value) => textOf(propertyOf(value, 'prefix'))).find((prefix) => prefix !== undefined) ?? '/';
