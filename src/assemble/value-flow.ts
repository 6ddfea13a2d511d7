import { partsOf } from '../model/expression-parts.ts';
import type { CallSyntax, DeclarationSyntax, Expression } from '../model/file-syntax.ts';
import type { SymbolId } from '../model/ids.ts';
import type { SourceLocation, Span } from '../model/location.ts';
import type { ModuleRecord, ProgramQueries } from '../model/program.ts';

/** Calls of one function's code, by where they begin. */
export interface FlowEnds {
  /** Whether what the call gives is looked for. */
  readonly gives: (at: SourceLocation) => boolean;
  /** Whether the call keeps what it is given, besides changes of collections and variables of the module. */
  readonly keeps: (at: SourceLocation) => boolean;
}

/** Whether a function puts what some calls in its own code give into what outlives it, as far as names and arguments say. */
export function keepsWhatIsGiven(program: ProgramQueries, symbol: SymbolId, ends: FlowEnds): boolean {
  const found = program.declaration(symbol);
  const span = found?.module.syntax.declarations[found.index]?.span;
  if (found === undefined || span === undefined) return false;
  const { module } = found;
  const isGiven = createIsGiven(program, module, span, ends.gives);
  const isInside = (place: Span): boolean => span.start <= place.start && place.end <= span.end;
  const calls = program.callsWithin(module.id, span);
  const changed = module.syntax.mutations.filter((mutation) => isInside(mutation.span));
  return (
    changed.some(({ operation, value }) => operation === 'assign' && value !== undefined && isGiven(value)) ||
    calls.some(
      (call) =>
        (changed.some((one) => one.operation === 'call' && one.span.start === call.span.start && one.span.end === call.span.end) ||
          ends.keeps(program.location(module.id, call.span.start))) &&
        call.arguments.some(isGiven),
    )
  );
}

/** Whether an expression of the function is made of what the calls give, through its variables and callbacks. */
function createIsGiven(
  program: ProgramQueries,
  module: ModuleRecord,
  span: Span,
  gives: FlowEnds['gives'],
): (expression: Expression) => boolean {
  const names = new Set<string>();
  const callAt = (index: number): CallSyntax | undefined => module.syntax.calls[index];
  const isGiven = (expression: Expression): boolean => {
    if (expression.kind === 'name') return names.has(expression.name);
    // What is computed of it, or compared with it, is another value.
    if (expression.kind === 'other') return false;
    if (expression.kind !== 'call') return partsOf(expression).some(isGiven);
    const call = callAt(expression.call);
    if (call === undefined) return false;
    return gives(program.location(module.id, call.span.start)) || isGiven(call.callee) || call.arguments.some(isGiven);
  };
  const isNamed = ({ kind, parent, initializer, written = [] }: DeclarationSyntax): boolean => {
    if (kind === 'variable') return (initializer !== undefined && isGiven(initializer)) || written.some(({ value }) => isGiven(value));
    const { passedTo } = module.syntax.declarations[parent] ?? {};
    const callee = kind === 'parameter' && passedTo !== undefined ? callAt(passedTo.call)?.callee : undefined;
    return callee?.kind === 'member' && isGiven(callee.object);
  };
  // In source order, so that a name is known before it is used.
  for (const declaration of program.declarationsWithin(module.id, span))
    if (declaration.binding !== undefined && isNamed(declaration)) names.add(declaration.binding);
  return isGiven;
}
