import { z } from 'zod';
import { defaultConfiguration } from './default-configuration.ts';

const defaults = defaultConfiguration.verify;

const test = z
  .strictObject({
    command: z.string().min(1).describe('Command that runs the test-suite against the application.'),
    results: z.string().min(1).describe('File the suite writes its results to, relative to the root.'),
    format: z.enum(['jest-json', 'junit-xml', 'newman-json']).describe('Format of that file.'),
  })
  .describe("The monolith's own API test-suite.");

const verify = z.strictObject({
  start: z
    .string()
    .min(1)
    .exactOptional()
    .describe('Command that starts the monolith; `{port}` is replaced by the port it must listen on.'),
  ready: z.string().startsWith('/').default(defaults.ready).describe('Path asked until it answers with any status.'),
  readyTimeoutSeconds: z.number().positive().max(3_600).default(defaults.readyTimeoutSeconds).describe('Seconds to wait for that.'),
  port: z.int().min(1).max(65_535).default(defaults.port).describe('Port on which the test-suite expects the application.'),
  environment: z.record(z.string(), z.string()).default({}).describe("Environment of monolith and functions, beside the caller's own."),
  reset: z.string().min(1).exactOptional().describe('Command run before each pass of the suite, to restore the database.'),
  resetTimeoutSeconds: z
    .number()
    .positive()
    .max(86_400)
    .default(defaults.resetTimeoutSeconds)
    .describe('Seconds after which the reset command is ended.'),
  test: test.exactOptional(),
  testTimeoutSeconds: z
    .number()
    .positive()
    .max(86_400)
    .default(defaults.testTimeoutSeconds)
    .describe('Seconds after which one run of the test-suite is ended.'),
});

/** `banyan.config.yaml` with its defaults. */
export const configurationSchema = z.strictObject({
  entries: z.array(z.string().min(1)).default([]).describe('Entry modules relative to the root; empty: found by Banyan.'),
  exclude: z.array(z.string().min(1)).default([]).describe('Globs left out beside the built-in ones.'),
  types: z
    .enum(['auto', 'never', 'always'])
    .default(defaultConfiguration.types)
    .describe('Whether TypeScript is asked about the calls that names and declared types leave undecided; `auto`: when that tells enough.'),
  history: z
    .enum(['read', 'ignore'])
    .default(defaultConfiguration.history)
    .describe("Whether the repository's history is read: what changes together, how often, and who owns it."),
  traces: z.array(z.string().min(1)).default([]).describe('Files with recorded traces as OTLP in JSON, relative to the root.'),
  verify: verify.default(defaults).describe('How the running monolith is started and asked, for `banyan serve` and `banyan verify`.'),
});

/** The same as JSON Schema, for editors: `docs/schema/banyan.config.schema.json`. */
export function configurationJsonSchema(): string {
  const schema = z.toJSONSchema(configurationSchema, { io: 'input', target: 'draft-2020-12' });
  return `${JSON.stringify({ title: 'Configuration of Banyan', ...schema }, null, 2)}\n`;
}
