/** Progress of long stages, told through one port; the terminal and the CLI print it, tests collect it. */
export type PipelineEvent =
  | { readonly type: 'stage-started'; readonly stage: Stage; readonly detail?: string }
  | { readonly type: 'stage-progress'; readonly stage: Stage; readonly done: number; readonly total: number }
  | { readonly type: 'stage-finished'; readonly stage: Stage; readonly summary: string }
  | { readonly type: 'log'; readonly text: string };

export type Stage =
  | 'scan'
  | 'parse'
  | 'link'
  | 'boot'
  | 'analyze'
  | 'assemble'
  | 'decompose'
  | 'plan'
  | 'generate'
  | 'write'
  | 'check'
  | 'parity'
  | 'serve';

export type EventPort = (event: PipelineEvent) => void;
