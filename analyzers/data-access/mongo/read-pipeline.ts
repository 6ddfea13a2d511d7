import type { TableOperation } from '../../../src/model/fact.ts';
import type { CallFlow } from '../flow/call-flow.ts';
import type { CodeValue } from '../flow/code-value.ts';
import { textsOf } from '../flow/constant-text.ts';
import { literalParts } from '../flow/literals.ts';

export interface PipelineReading {
  readonly accesses: readonly { readonly collection: string; readonly operation: TableOperation }[];
  /** Names of collections that could not be read. */
  readonly unknown: readonly string[];
  /** Stages that are not written where they can be read. */
  readonly isPartial: boolean;
}

/** Other collections that the stages of an aggregation join or write. */
export function readPipeline(flow: CallFlow, pipeline: CodeValue): PipelineReading {
  const accesses: { collection: string; operation: TableOperation }[] = [];
  const unknown: string[] = [];
  let isPartial = false;
  const name = (value: CodeValue, operation: TableOperation): void => {
    for (const { parts, holes } of textsOf(flow.program, value)) {
      if (holes.length > 0) unknown.push(parts.join('…'));
      else accesses.push({ collection: parts.join(''), operation });
    }
  };
  const inner = (value: CodeValue): void => {
    const reading = readPipeline(flow, value);
    accesses.push(...reading.accesses);
    unknown.push(...reading.unknown);
    isPartial ||= reading.isPartial;
  };
  const stages = literalParts(flow, pipeline);
  isPartial ||= stages.isPartial;
  for (const { key, value } of stages.parts) {
    const isText = value.expression.kind === 'literal' || value.expression.kind === 'template';
    if (key === '$out' || key === '$merge' || key === '$unionWith')
      if (isText) name(value, key === '$unionWith' ? 'read' : (writingStages[key] ?? 'read'));
    const parts = stagesWithParts.has(key) && !isText ? literalParts(flow, value).parts : [];
    for (const part of parts) {
      if (key === '$facet' || part.key === 'pipeline') inner(part.value);
      else if (part.key === 'from' || part.key === 'coll' || part.key === 'into') {
        const into = part.key === 'into' ? literalParts(flow, part.value).parts.find((one) => one.key === 'coll')?.value : undefined;
        name(into ?? part.value, writingStages[key] ?? 'read');
      }
    }
  }
  return { accesses, unknown, isPartial };
}

const writingStages: Readonly<Record<string, TableOperation>> = { $out: 'create', $merge: 'upsert' };
const stagesWithParts: ReadonlySet<string> = new Set(['$lookup', '$graphLookup', '$unionWith', '$facet', '$merge', '$out']);
