import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { LoopSyntax } from '../../src/model/file-syntax.ts';
import type { ModuleRecord, ProgramQueries } from '../../src/model/program.ts';

/** From this number of steps on a loop keeps the processor busy, whatever it does. */
const MANY_STEPS = 1_000_000;

/** Finds loops that are gone through a million times and more, those inside each other multiplied, where nothing is waited for. */
export const longLoops = defineAnalyzer({
  name: 'long-loops',
  produces: ['workload'],

  *analyze({ program }) {
    for (const module of program.program.modules) {
      if (module.role !== 'source') continue;
      for (const [owner, { steps, loop }] of longestLoops(program, module))
        yield {
          kind: 'workload',
          workload: 'cpu-heavy',
          symbol: program.symbolAt(module.id, owner),
          summary: `loops ${steps} times`,
          at: program.location(module.id, loop.span.start),
        };
    }
  },
});

interface Counted {
  readonly loop: LoopSyntax;
  /** Its own steps, times those of the loops around it. */
  readonly steps: number;
}

/** The innermost loop of each function that is gone through most often; start-up code is none. */
function longestLoops(program: ProgramQueries, module: ModuleRecord): ReadonlyMap<number, Counted> {
  const longest = new Map<number, Counted>();
  const around: Counted[] = [];
  for (const loop of module.syntax.loops ?? []) {
    while (around.length > 0 && (around.at(-1)?.loop.span.end ?? 0) < loop.span.end) around.pop();
    const outer = around.findLast((one) => one.loop.owner === loop.owner);
    const counted = { loop, steps: stepsOf(program, module, loop) * (outer?.steps ?? 1) };
    around.push(counted);
    if (loop.owner === 0 || counted.steps < MANY_STEPS || isLeft(program, module, loop)) continue;
    if ((longest.get(loop.owner)?.steps ?? 0) < counted.steps) longest.set(loop.owner, counted);
  }
  return longest;
}

/** Code that leaves it early, or waits, may do little. */
const isLeft = (program: ProgramQueries, { id }: ModuleRecord, { mayEnd, span }: LoopSyntax): boolean =>
  mayEnd === true || program.callsWithin(id, span).some(({ isAwaited }) => isAwaited);

/** How often it is gone through; once where that is not known. */
function stepsOf(program: ProgramQueries, module: ModuleRecord, loop: LoopSyntax): number {
  const to = numberOf(program, module, loop);
  const steps = to === undefined || loop.mayEnd === true ? 1 : Math.ceil((to - loop.from) / loop.step);
  return Number.isFinite(steps) && steps > 0 ? steps : 1;
}

function numberOf(program: ProgramQueries, module: ModuleRecord, { to, owner, span }: LoopSyntax): number | undefined {
  const isNumber = (value: unknown): value is number => typeof value === 'number';
  if (to.kind === 'literal') return isNumber(to.value) ? to.value : undefined;
  const referent = to.kind === 'name' ? program.resolveName(module.id, owner, to.name, span.start) : undefined;
  const found = referent?.kind === 'symbol' ? program.declaration(referent.symbol) : undefined;
  const { mutability, initializer } = found?.module.syntax.declarations[found.index] ?? {};
  return mutability === 'const' && initializer?.kind === 'literal' && isNumber(initializer.value) ? initializer.value : undefined;
}
