import { flatValues, propertyOf } from '../../../src/analyze/decorator-calls.ts';
import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { ChainRole } from '../../../src/model/fact.ts';
import { guardsOf, type NestLink } from './links.ts';

/** Methods of an application that put middleware of Nest's platform before its handlers. */
const roles: Readonly<Record<string, ChainRole>> = { cors: 'middleware', static: 'static', 'body-parser': 'body-parser' };

/** `app.enableCors()`; `undefined` for what puts nothing there. */
export function setUpLink(effect: BootEffect): NestLink | undefined {
  const role = Object.hasOwn(roles, effect.verb) ? roles[effect.verb] : undefined;
  return role === undefined ? undefined : linkOf(effect, role, effect.method);
}

/** `NestFactory.create(AppModule, { cors: true })`: put there when the application is initialised, after `app.use(…)`. */
export function createdWithCors(effect: BootEffect): NestLink | undefined {
  const asked = effect.arguments.slice(1).flatMap((options) => flatValues(propertyOf(options, 'cors')));
  return asked.some(mayBeTrue) ? linkOf(effect, 'middleware', 'enableCors') : undefined;
}

const mayBeTrue = (value: BootValue): boolean => value.kind !== 'constant' || Boolean(value.value);

const linkOf = (effect: BootEffect, role: ChainRole, method: string): NestLink => ({
  role,
  package: '@nestjs/core',
  name: `${method}()`,
  scope: 'application',
  ...guardsOf(effect),
  at: effect.at,
  isKnown: true,
  value: { kind: 'external', package: '@nestjs/core', path: [method], called: true },
});
