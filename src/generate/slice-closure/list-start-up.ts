import { ts } from 'ts-morph';
import { sortedBy } from '../../lib/sort.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { TriggerFact } from '../../model/fact.ts';
import type { ModuleId, ServiceId } from '../../model/ids.ts';
import type { ProgramQueries } from '../../model/program.ts';
import type { StartUpStatement } from '../slice-closure.ts';
import type { LeftOutQueries } from './left-out.ts';
import type { Marked } from './mark.ts';
import type { Item, ModuleSource } from './module-source.ts';

interface ListInput {
  readonly triggers: readonly TriggerFact[];
  readonly isKept: ReadonlyMap<ModuleId, (offset: number) => boolean>;
  readonly program: ProgramQueries;
  readonly modules: readonly ModuleSource[];
  readonly marked: Marked;
  readonly leftOut: LeftOutQueries;
}

interface StartUpList {
  readonly kept: readonly StartUpStatement[];
  readonly dropped: readonly StartUpStatement[];
  readonly notes: readonly { readonly text: string; readonly at: StartUpStatement['at'] }[];
  diagnostics(service: ServiceId): readonly Diagnostic[];
}

/** What a person should know of the slice's start-up code: what runs although no route names it, and what does not run. */
export function listStartUp({ program, modules, marked, leftOut, triggers, isKept }: ListInput): StartUpList {
  const known = new Set(modules.map((module) => module.id));
  const inOrder = (statements: readonly StartUpStatement[]): readonly StartUpStatement[] =>
    sortedBy(statements, ({ at }) => `${at.file}:${String(at.line).padStart(6, '0')}:${String(at.column).padStart(4, '0')}`);
  const kept = [...marked.startUp]
    .filter((item) => known.has(item.module) && !marked.named.has(item))
    .flatMap((item) => {
      const module = modules.find((each) => each.id === item.module);
      if (module === undefined || !isNotable(module, item, leftOut)) return [];
      return [
        {
          text: firstLine(item.node.getText(module.file)),
          reason: 'it may have an effect the slice needs',
          at: program.location(module.id, item.start),
        },
      ];
    });
  const left = modules.flatMap((module) => {
    const { dropped, undroppable, removals } = leftOut.of(module);
    const listed = dropped.map(({ effect }) => ({
      text: firstLine(module.text.slice(effect.span.start, effect.span.end)),
      reason: effect.reason,
      at: effect.at,
    }));
    const notes = undroppable.map((effect) => ({
      text: `registration outside the slice stays, its value is used: ${effect.reason}`,
      at: effect.at,
    }));
    return [{ listed, notes, removals }];
  });
  const dropped = inOrder(distinct(left.flatMap((each) => each.listed)));
  const work = triggers
    .filter(({ trigger, statement }) => trigger === 'startup' && isKept.get(statement.file)?.(statement.start) === true)
    .map(({ statement, at }) => {
      const text = modules.find((each) => each.id === statement.file)?.text.slice(statement.start, statement.end) ?? '';
      return { text: firstLine(text), reason: 'start-up work: every new instance of a function does it before its first request', at };
    });
  const keptInOrder = inOrder(distinct([...kept, ...work]));
  return {
    kept: keptInOrder,
    dropped,
    notes: left.flatMap((each) => each.notes),
    diagnostics: (service) => [
      ...keptInOrder.map((each): Diagnostic => ({ code: 'start-up-kept', data: { service, text: each.text }, at: each.at })),
      ...dropped.filter(isWork).map((each): Diagnostic => ({ code: 'start-up-dropped', data: { service, text: each.text }, at: each.at })),
    ],
  };
}

/** Left-out routes and mounts are the point of a slice; left-out timers and sockets deserve a line of their own. */
const isWork = (statement: StartUpStatement): boolean => statement.reason.endsWith('stays in the monolith');

/** Calls of packages and globals; registrations the model understands are no news. */
function isNotable(module: ModuleSource, item: Item, leftOut: LeftOutQueries): boolean {
  let isNews = false;
  let isModelled = false;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      isNews = true;
      if (leftOut.knowledge.effectOf(module.id, node) !== 'unknown') isModelled = true;
    }
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(item.node);
  return isNews && !isModelled;
}

/** The first line of code, shortened. */
export const firstLine = (text: string): string => {
  const line = text.trim().split('\n', 1)[0]?.trim() ?? '';
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
};

const distinct = (statements: readonly StartUpStatement[]): readonly StartUpStatement[] => [
  ...new Map(statements.map((each) => [`${each.at.file}:${each.at.line}:${each.at.column}:${each.text}`, each])).values(),
];
