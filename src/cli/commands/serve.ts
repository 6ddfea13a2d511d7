import { Command, InvalidArgumentError } from 'commander';
import {
  type CommandContext,
  type CommonFlags,
  examplesText,
  printJson,
  toCommonRequest,
  toOutFolder,
  withCommonOptions,
} from '../command-context.ts';
import { requireSliceNames } from '../root-folder.ts';

interface ServeFlags extends CommonFlags {
  readonly root: string;
  readonly out?: string;
  readonly port?: number;
}

const examples = [
  ['banyan serve --root ./shop', 'every extracted slice'],
  ['banyan serve catalogue --port 8080', 'one of them, at a port of your own'],
  ['banyan serve --port 0 --json', 'any free port, printed as JSON'],
] as const;

export const serveCommand = (context: CommandContext): Command =>
  withCommonOptions(new Command('serve'))
    .description('the strangler gateway on this machine: extracted routes run as functions, all others go to the monolith')
    .argument('[slices...]', 'slices to switch on; all extracted ones when none is given')
    .option('--root <dir>', 'root of the monolith', '.')
    .option('--out <dir>', 'folder that extract wrote (default: banyan-out in the root)')
    .option('--port <port>', 'port of the gateway (default: verify.port of the configuration)', toPort)
    .addHelpText(
      'after',
      `\nThe monolith is started with verify.start of banyan.config.yaml and stopped at the end.\n${examplesText(examples)}`,
    )
    .action(async (slices: string[], flags: ServeFlags) => {
      requireSliceNames(slices);
      const request = toCommonRequest(context, flags.root, flags);
      const out = toOutFolder(context, request.root, flags.out);
      const gateway = await context.commands.serve({ ...request, slices, out, ...(flags.port === undefined ? {} : { port: flags.port }) });
      if (flags.json === true) printJson(context.io, { url: gateway.url });
      else context.io.stdout.write(`Gateway at ${gateway.url} (Ctrl-C stops everything)\n`);
      await untilAborted(context.signal);
      await gateway.stop();
    });

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('a port is a whole number from 0 to 65535');
  return port;
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
