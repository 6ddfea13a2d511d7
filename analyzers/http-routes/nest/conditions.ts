import type { BootEffect } from '../../../src/model/boot-trace.ts';
import type { ChainLink } from '../../../src/model/fact.ts';
import { conditionTexts } from '../routing/condition-texts.ts';
import type { NestApplication } from './application.ts';

/** Conditions under which start-up code does something with an application, beyond those under which it makes one. */
export function conditionsOf({ conditions }: NestApplication, { guards }: BootEffect): Pick<ChainLink, 'guards'> {
  const own = conditionTexts(guards).filter((text) => !conditions.includes(text));
  return own.length === 0 ? {} : { guards: own };
}
