import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { propertyOf, textOf } from '../../src/analyze/decorator-calls.ts';
import { type MemberTriggers, memberTriggers, type TriggerPlace } from '../../src/analyze/member-triggers.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';

const range = (first: number, last: number): readonly number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index);
const padded = (hour: number): string => String(hour).padStart(2, '0');
const clock = (hour: number): string => (hour < 12 ? `${hour}AM` : `${hour === 12 ? 12 : hour - 12}PM`);

/** Names of `CronExpression` that say their hour. */
const BY_HOUR = range(1, 23).flatMap((hour) => [
  [`EVERY_DAY_AT_${clock(hour)}`, `0 ${padded(hour)} * * *`] as const,
  [`MONDAY_TO_FRIDAY_AT_${clock(hour)}`, `0 0 ${padded(hour)} * * 1-5`] as const,
]);

/** The constants of `CronExpression`. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  EVERY_SECOND: '* * * * * *',
  EVERY_MINUTE: '*/1 * * * *',
  ...Object.fromEntries(
    [5, 10, 30].flatMap((n) => [
      [`EVERY_${n}_SECONDS`, `*/${n} * * * * *`],
      [`EVERY_${n}_MINUTES`, `0 */${n} * * * *`],
    ]),
  ),
  EVERY_HOUR: '0 0-23/1 * * *',
  ...Object.fromEntries(range(2, 12).map((hours) => [`EVERY_${hours}_HOURS`, `0 0-23/${hours} * * *`])),
  ...Object.fromEntries(BY_HOUR),
  EVERY_DAY_AT_NOON: '0 12 * * *',
  EVERY_DAY_AT_MIDNIGHT: '0 0 * * *',
  EVERY_WEEK: '0 0 * * 0',
  EVERY_WEEKDAY: '0 0 * * 1-5',
  EVERY_WEEKEND: '0 0 * * 6,0',
  EVERY_1ST_DAY_OF_MONTH_AT_MIDNIGHT: '0 0 1 * *',
  EVERY_1ST_DAY_OF_MONTH_AT_NOON: '0 12 1 * *',
  EVERY_2ND_HOUR: '0 */2 * * *',
  EVERY_2ND_HOUR_FROM_1AM_THROUGH_11PM: '0 1-23/2 * * *',
  EVERY_2ND_MONTH: '0 0 1 */2 *',
  EVERY_QUARTER: '0 0 1 */3 *',
  EVERY_6_MONTHS: '0 0 1 */6 *',
  EVERY_YEAR: '0 0 1 1 *',
};

/** `@nestjs/schedule`: methods that the clock starts. */
export const nestScheduleModel: LibraryModel = {
  name: 'nest-schedule',
  packages: ['@nestjs/schedule'],
  exports: {
    CronExpression: {
      members: Object.fromEntries(Object.entries(EXPRESSIONS).map(([name, text]) => [name, { property: { constant: text } }])),
    },
  },
  objects: {},
  decorators: { Cron: { handles: true }, Interval: { handles: true }, Timeout: { handles: true } },
};

const last = ({ call }: TriggerPlace): readonly (string | undefined)[] => [textOf(call.arguments[1]) ?? textOf(call.arguments[0])];

const TRIGGERS: readonly MemberTriggers[] = [
  {
    packages: ['@nestjs/schedule'],
    decorators: ['Cron'],
    trigger: 'schedule',
    details: ({ call }) => [textOf(call.arguments[0]) ?? textOf(propertyOf(call.arguments[0], 'cronTime'))],
  },
  { packages: ['@nestjs/schedule'], decorators: ['Interval', 'Timeout'], trigger: 'timer', details: last },
];

export const nestSchedulesAnalyzer = defineAnalyzer({
  name: 'nest-schedules',
  produces: ['trigger'],

  *analyze({ trace }) {
    yield* memberTriggers(trace, TRIGGERS);
  },
});
