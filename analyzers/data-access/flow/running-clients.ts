import { remember } from '../../../src/lib/remember.ts';
import type { ModuleRecord, ProgramQueries } from '../../../src/model/program.ts';
import { type CallSite, type CodeValue, callOf, valueAt } from './code-value.ts';
import { followValue } from './follow-value.ts';

/** The client that runs what a tag makes: `tx.$executeRaw(statement)`, where `statement` was made in the same file. */
export type RunningClientOf = (tag: CallSite) => CodeValue | undefined;

/** Finds clients by the calls of their methods that are given a template, itself or by name. */
export function createRunningClients(program: ProgramQueries, methods: ReadonlySet<string>): RunningClientOf {
  const byModule = remember((module: ModuleRecord) => clientsIn(program, module, methods));
  return ({ module, index }) => byModule(module).get(index);
}

function clientsIn(program: ProgramQueries, module: ModuleRecord, methods: ReadonlySet<string>): ReadonlyMap<number, CodeValue> {
  const clients = new Map<number, CodeValue>();
  for (const [index, call] of module.syntax.calls.entries()) {
    const { callee, kind } = call;
    const [first] = call.arguments;
    if (kind !== 'call' || callee.kind !== 'member' || first === undefined || !methods.has(callee.property)) continue;
    const site: CallSite = { module, index, call };
    for (const made of followValue(program, valueAt(site, first)).flatMap((value) => callOf(value) ?? []))
      if (made.module.id === module.id && made.call.kind === 'tagged-template' && !clients.has(made.index))
        clients.set(made.index, valueAt(site, callee.object));
  }
  return clients;
}
