import { invariant } from '../lib/errors.ts';
import { sortedBy } from '../lib/sort.ts';
import type { Artifact } from '../model/artifact.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Generator, GeneratorInput } from './generator.ts';
import { keepNamespaceImports } from './namespace-imports.ts';
import { closeSlices } from './slice-closure/close-slice.ts';
import { createRender } from './templating/create-render.ts';

/** What `generate` is given: a generator's input without what `generate` itself makes. */
export type GenerateInput = Omit<GeneratorInput, 'closures' | 'render'>;

/**
 * Closes the slices and runs every generator. Artifacts sorted by path. A slice that cannot be closed is left out of
 * `slices` for the generators, with a diagnostic per route.
 */
export function generate(generators: readonly Generator[], input: GenerateInput): Outcome<readonly Artifact[]> {
  const services = input.plan.services.filter((service) => input.slices.includes(service.id));
  const closures = closeSlices(input, services);
  const slices = input.slices.filter((slice) => closures.value.has(slice));
  const kept = new Map(Array.from(closures.value, ([slice, closure]) => [slice, keepNamespaceImports(closure, input)] as const));
  const complete: GeneratorInput = { ...input, slices, closures: kept, render: createRender() };
  const artifacts = new Map<string, Artifact>();
  const diagnostics: Diagnostic[] = [...closures.diagnostics];
  for (const generator of generators) {
    for (const found of generator.generate(complete)) {
      if ('code' in found) diagnostics.push(found);
      else claim(artifacts, found);
    }
  }
  return { value: sortedBy(artifacts.values(), (artifact) => artifact.path), diagnostics };
}

function claim(artifacts: Map<string, Artifact>, artifact: Artifact): void {
  const other = artifacts.get(artifact.path);
  invariant(other === undefined, `${artifact.origin.generator} and ${other?.origin.generator} both write ${artifact.path}`);
  invariant(isInside(artifact.path), `${artifact.origin.generator} writes outside the output: ${artifact.path}`);
  artifacts.set(artifact.path, artifact);
}

const isInside = (path: string): boolean => path !== '' && !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..');
