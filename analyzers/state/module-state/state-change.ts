import type { MutationSyntax } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ModuleRecord } from '../../../src/model/program.ts';

/** One change, and who makes it. */
export interface StateChange {
  /** The binding, static field or instance that is changed. */
  readonly target: SymbolId;
  readonly writer: SymbolId;
  readonly module: ModuleRecord;
  readonly mutation: MutationSyntax;
}
