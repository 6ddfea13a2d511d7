import { expect, test } from 'vitest';
import { scheduleAnalyzers } from '../../../analyzers/schedules/index.ts';
import { triggerSummaries } from '../../support/triggers.ts';

test.each<[string, string, readonly string[]]>([
  [
    'node-cron',
    `import cron from 'node-cron'; function report() {} cron.schedule('0 3 * * *', report);`,
    ['schedule 0 3 * * * report (node-cron)'],
  ],
  [
    'node-cron by name',
    `import { schedule } from 'node-cron'; const EVERY = '*/5 * * * *'; const report = () => {}; schedule(EVERY, report, { timezone: 'UTC' });`,
    ['schedule */5 * * * * report (node-cron)'],
  ],
  [
    'node-schedule with a name',
    `import schedule from 'node-schedule'; function report() {} schedule.scheduleJob('nightly', '0 0 * * *', report);`,
    ['schedule 0 0 * * * report (node-schedule)'],
  ],
  [
    'cron jobs',
    `import { CronJob } from 'cron'; class Reports { run() {} } const reports = new Reports(); new CronJob('1 1 * * *', reports.run.bind(reports)).start();`,
    ['schedule 1 1 * * * Reports.run (cron)'],
  ],
  ['an interval with unref', `function sweep() {} setInterval(sweep, 60 * 1000).unref();`, ['timer 60000 sweep (timers)']],
  [
    'an interval with a default',
    `function sweep() {} const EVERY = Number(process.env.SWEEP_MS ?? 5000); setInterval(sweep, EVERY);`,
    ['timer 5000 sweep (timers)'],
  ],
  [
    'an interval that is one of several',
    `function sweep() {} setInterval(sweep, Math.random() > 0.5 ? 5000 : Math.random());`,
    ['timer unknown sweep (timers)'],
  ],
  ['a delay', `function warm() {} setTimeout(warm, 10);`, ['timer 10 warm (timers)']],
  [
    'a timer set by a function that start-up calls',
    `class Cache { start() { setInterval(() => this.sweep(), 1000); } sweep() {} } new Cache().start();`,
    ['timer 1000 Cache.start.<function 1:37> (timers)'],
  ],
  [
    'a wrapped job',
    `import cron from 'node-cron'; const guarded = (job) => async () => { try { await job(); } catch {} }; async function report() {} cron.schedule('* * * * *', guarded(report));`,
    ['schedule * * * * * report (node-cron)'],
  ],
  ['no timer of a handler', `export function handler(req, res) { setTimeout(() => res.end(), 10); }`, []],
  [
    'an expression that is not known',
    `import cron from 'node-cron'; function report() {} cron.schedule(read(), report);`,
    ['schedule unknown report (node-cron)'],
  ],
])('%s', (_title, code, expected) => expect(triggerSummaries(code, scheduleAnalyzers)).toEqual(expected));

test.each<[string, string, readonly string[]]>([
  [
    'agenda',
    `import Agenda from 'agenda'; const agenda = new Agenda({ db: { address: 'x' } }); function remind(job, done) {} function clean() {}
     agenda.define('remind', { concurrency: 2 }, remind); agenda.define('clean', clean); agenda.every('3 minutes', 'remind');`,
    ['schedule 3 minutes remind (agenda)', 'schedule clean clean (agenda)'],
  ],
])('%s', (_title, code, expected) => expect([...triggerSummaries(code, scheduleAnalyzers)].sort()).toEqual(expected));
