import type { OriginOf } from '../flow/client-library.ts';

/** Origins as the builder of knex needs them: `Model.knex()` of Objection gives the client of knex. */
export const knexOrigins =
  (originOf: OriginOf): OriginOf =>
  (value) => {
    const origin = originOf(value);
    const isHandedOut = origin.kind === 'package' && origin.package === 'objection' && origin.path.at(-1) === 'knex';
    return isHandedOut ? { kind: 'package', package: 'knex', path: [] } : origin;
  };
