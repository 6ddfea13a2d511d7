import type { ServiceId } from '../model/ids.ts';
import type { PlannedPhase } from '../model/migration-plan.ts';

/** The strangler phases of one slice, 0 to 7: how each is entered, measured and undone, and what undoing it loses. */
export const phasesOf = (service: ServiceId): readonly PlannedPhase[] => [
  {
    number: 0,
    title: 'Measure and decide',
    entryCheck: `banyan plan lists ${service} with its reasons and cuts`,
    exitMeasure: 'requests per day, p95 and error rate of each route are known, and the team decided to move or to stay',
    rollback: 'nothing to undo',
    rollbackLoses: 'nothing',
  },
  {
    number: 1,
    title: 'Facade in front, all traffic to the monolith',
    entryCheck: 'the gateway is deployed with the monolith as fallback for every route',
    exitMeasure: 'the own API tests pass through the gateway; p95 grew by less than 20 ms',
    rollback: "point the application's DNS name back to the monolith",
    rollbackLoses: 'nothing',
  },
  {
    number: 2,
    title: 'Seam inside the monolith',
    entryCheck: `every call cut of ${service} has a function or port that it goes through`,
    exitMeasure: `banyan plan shows no new cut across the boundary of ${service}`,
    rollback: 'revert the commits of the seam',
    rollbackLoses: 'nothing',
  },
  {
    number: 3,
    title: 'Extract on the shared database',
    entryCheck: `banyan extract ${service} leaves no error, and the slice type-checks and bundles`,
    exitMeasure: `banyan verify ${service} proves every route that moves`,
    rollback: `set the weight of ${service} to 0 in banyan.plan.yaml, extract and deploy`,
    rollbackLoses: 'nothing: both sides use the same database',
  },
  {
    number: 4,
    title: 'Shadow traffic',
    entryCheck: 'the slice is deployed and takes 0 % of the traffic',
    exitMeasure: 'a day of mirrored reads without a difference; writes are not mirrored',
    rollback: 'stop the mirror',
    rollbackLoses: 'nothing',
  },
  {
    number: 5,
    title: 'Canary 1, 10, 50, 100 %',
    entryCheck: 'alarms on errors and p95 of the slice exist and are quiet',
    exitMeasure: '100 % of the traffic for a week with error rate and p95 no worse than in phase 0',
    rollback: `set the weight of ${service} to 0 in banyan.plan.yaml, extract and deploy`,
    rollbackLoses: 'requests in flight; no data, both sides use the same database',
  },
  {
    number: 6,
    title: 'Move data ownership',
    entryCheck: `${service} is the only writer of its tables, and every reader has its remedy`,
    exitMeasure: 'copied data agree by row count and checksum, and the writer is switched',
    rollback: 'switch the writer back and replay the outbox to the old tables',
    rollbackLoses: 'writes made since the switch that are not yet replayed',
  },
  {
    number: 7,
    title: 'Delete the old code',
    entryCheck: 'no request of the routes reached the monolith for two weeks',
    exitMeasure: 'the old code and its routes are gone from the monolith; its own tests pass',
    rollback: 'revert the commit and deploy the monolith again',
    rollbackLoses: 'writes made since phase 6: the old code knows only the old tables',
  },
];
