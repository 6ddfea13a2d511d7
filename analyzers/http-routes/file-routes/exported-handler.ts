import type { BootEffect, BootValue } from '../../../src/model/boot-trace.ts';
import type { ChainLink, HandlerReference } from '../../../src/model/fact.ts';
import { MODULE_INIT, moduleOf, nameOf, type SymbolId, toSymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';

export interface ExportedHandler {
  readonly handler: HandlerReference;
  readonly link: ChainLink;
  /** The function is the program's own, or the package's that is named. */
  readonly isKnown: boolean;
}

/** The function that a module exports under the effect's name, with what is wrapped around it. */
export function exportedHandler(program: ProgramQueries, effect: BootEffect, value: BootValue | undefined): ExportedHandler {
  const found = functionIn(value);
  const module = effect.at.file;
  const adapted = found === undefined ? undefined : adaptedBy(found);
  const symbol = adapted ?? found?.symbol ?? declared(program, effect) ?? toSymbolId(module, MODULE_INIT);
  const wrappers = [...(found?.wrappers ?? []), ...(adapted === undefined || found === undefined ? [] : [found.symbol])];
  const closure = found?.closure === undefined ? {} : { closure: found.closure };
  const external = value?.kind === 'external' ? { package: value.package } : {};
  return {
    handler: { module: moduleOf(symbol), symbol, ...closure },
    link: {
      role: 'handler',
      symbol,
      ...closure,
      ...(wrappers.length === 0 ? {} : { wrappers }),
      ...external,
      name: nameOf(symbol) === MODULE_INIT ? effect.method : nameOf(symbol),
      scope: 'route',
      at: effect.at,
    },
    isKnown: nameOf(symbol) !== MODULE_INIT || value?.kind === 'external' || value?.kind === 'library',
  };
}

type FunctionOfProgram = Extract<BootValue, { kind: 'function' }>;

/** An adapter that calls one function of another module: what the route does is inside. */
const adaptedBy = ({ symbol, delegate }: FunctionOfProgram): SymbolId | undefined =>
  delegate !== undefined && moduleOf(delegate) !== moduleOf(symbol) ? delegate : undefined;

/** The function itself, the first of several, the `handler` of an object, or the last one handed to a package that wraps it. */
function functionIn(value: BootValue | undefined): FunctionOfProgram | undefined {
  switch (value?.kind) {
    case 'function':
      return value;
    case 'union':
      return value.options.map(functionIn).find((one) => one !== undefined);
    case 'object':
      return functionIn(value.properties.handler);
    case 'external':
      return value.arguments?.map(functionIn).findLast((one) => one !== undefined);
    default:
      return undefined;
  }
}

/** Where evaluation did not come so far: what the export stands for. */
function declared(program: ProgramQueries, { at, method }: BootEffect): SymbolId | undefined {
  const referent = program.resolveExport(at.file, method);
  return referent.kind === 'symbol' ? referent.symbol : undefined;
}
