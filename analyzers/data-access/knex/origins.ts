import type { ProgramQueries } from '../../../src/model/program.ts';
import type { OriginOf, ReceiverOrigin } from '../flow/client-library.ts';
import { type CodeValue, callOf } from '../flow/code-value.ts';
import { followValue } from '../flow/follow-value.ts';
import { importsPackage } from '../mappers/used-packages.ts';

const KNEX: ReceiverOrigin = { kind: 'package', package: 'knex', path: [] };

/**
 * Origins as the builder of knex needs them: `Model.knex()` of Objection and `repository.getKnex()` of MikroORM give the client
 * of knex.
 */
export function knexOrigins(program: ProgramQueries, originOf: OriginOf): OriginOf {
  const mayGet = isHandedOut(program);
  return (value) => {
    const origin = originOf(value);
    if (origin.kind !== 'package') return mayGet && isGotten(program, value) ? KNEX : origin;
    const isOfObjection = origin.package === 'objection' && origin.path.at(-1) === 'knex';
    return isOfObjection || (isMikroOrm(origin.package) && origin.path.includes('getKnex')) ? KNEX : origin;
  };
}

/** Whether code takes the client from MikroORM, whose drivers bring knex along. */
export const isHandedOut = (program: ProgramQueries): boolean =>
  importsPackage(program, isMikroOrm) && program.sourceCalls().some(({ call }) => isGetter(call.callee));

const isMikroOrm = (name: string): boolean => name.startsWith('@mikro-orm/');

const isGotten = (program: ProgramQueries, value: CodeValue): boolean =>
  followValue(program, value).some((source) => {
    const site = callOf(source);
    return site !== undefined && isGetter(site.call.callee);
  });

const isGetter = (callee: CodeValue['expression']): boolean => callee.kind === 'member' && callee.property === 'getKnex';
