import type { EventPort, PipelineEvent, Stage } from '../model/events.ts';
import type { CliIo } from './io.ts';

const labels: Readonly<Record<Stage, string>> = {
  scan: 'Reading files',
  parse: 'Parsing',
  link: 'Linking',
  boot: 'Evaluating start-up code',
  analyze: 'Finding facts',
  assemble: 'Joining facts',
  decompose: 'Drawing boundaries',
  plan: 'Planning',
  generate: 'Generating',
  write: 'Writing',
  check: 'Checking',
  parity: 'Proving parity',
  serve: 'Serving',
};

/** Variables that ask for plain lines, whatever their value. */
const SILENCING = ['CI', 'NO_COLOR'];

/** Prints progress on stderr: one line per finished stage, and on a terminal one that is rewritten in place. */
export function createProgress(io: CliIo, quiet: boolean): EventPort {
  if (quiet) return () => undefined;
  const live = io.stderr.isTTY === true && SILENCING.every((name) => (io.env[name] ?? '') === '') && io.env.TERM !== 'dumb';
  const clear = live ? '\r\u001b[2K' : '';
  return (event) => {
    const line = lineOf(event);
    if (line === undefined) return;
    if (line.final) io.stderr.write(`${clear}${line.text}\n`);
    else if (live) io.stderr.write(`${clear}${line.text}`);
  };
}

function lineOf(event: PipelineEvent): { readonly text: string; readonly final: boolean } | undefined {
  switch (event.type) {
    case 'stage-started':
      return { text: `${labels[event.stage]}${event.detail === undefined ? '' : ` ${event.detail}`} …`, final: false };
    case 'stage-progress':
      return { text: `${labels[event.stage]} ${event.done}/${event.total} …`, final: false };
    case 'stage-finished':
      return { text: `${labels[event.stage]}: ${event.summary}`, final: true };
    case 'log':
      return { text: event.text, final: true };
  }
}
