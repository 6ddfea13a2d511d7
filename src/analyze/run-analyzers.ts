import type { Diagnostic } from '../model/diagnostic.ts';
import type { Fact } from '../model/fact.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Analyzer, AnalyzerInput } from './analyzer.ts';

/** Runs every analyzer over one program; facts and diagnostics are sorted by `assemble`. */
export function runAnalyzers(analyzers: readonly Analyzer[], input: AnalyzerInput): Outcome<readonly Fact[]> {
  const facts: Fact[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const analyzer of analyzers) {
    for (const found of analyzer.analyze(input)) {
      if ('code' in found) diagnostics.push(found);
      else facts.push(found);
    }
  }
  return { value: facts, diagnostics };
}
