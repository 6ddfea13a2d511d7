import type { DiagnosticCode, DiagnosticData, Severity } from './diagnostic.ts';

export interface DiagnosticEntry<Code extends DiagnosticCode> {
  readonly severity: Severity;
  /** What was found, one line, lower case, no full stop. */
  readonly title: (data: DiagnosticData[Code]) => string;
  /** What to do next, one sentence. */
  readonly fix: string;
}

/** Title, severity and way out of every diagnostic; a new code does not compile until it stands here. */
export const diagnosticCatalog: { readonly [Code in DiagnosticCode]: DiagnosticEntry<Code> } = {
  'syntax-error': {
    severity: 'error',
    title: (d) => `syntax error: ${d.message}`,
    fix: 'Correct the file; until then nothing in it is analysed.',
  },
  'tolerated-syntax': {
    severity: 'note',
    title: (d) => `read in spite of an error: ${d.message}`,
    fix: 'Nothing to do for the analysis: the whole file was read; a compiler may refuse it.',
  },
  'unreadable-file': {
    severity: 'error',
    title: (d) => `file cannot be read: ${d.message}`,
    fix: 'Correct the file or its permissions, or exclude it in banyan.config.yaml.',
  },
  'history-not-read': {
    severity: 'note',
    title: (d) => `history of the repository was not read: ${d.message}`,
    fix: 'Let git answer in this folder, or leave the history out with --no-history.',
  },
  'unresolved-import': {
    severity: 'warning',
    title: (d) => `import "${d.specifier}" is not found`,
    fix: 'Install the dependency or correct the path; calls through it stay unknown.',
  },
  'computed-import': {
    severity: 'note',
    title: (d) => `module name is computed: ${d.text}`,
    fix: 'Name the module as a constant, or list what it loads under `entries` in banyan.config.yaml.',
  },
  'types-not-checked': {
    severity: 'note',
    title: (d) => `TypeScript could not be asked about ${d.calls} undecided calls: ${d.message}`,
    fix: 'Those calls stay undecided; correct what it says, or turn this off with `types: never` in banyan.config.yaml.',
  },
  'no-entry-module': {
    severity: 'warning',
    title: (d) => `no entry module found among ${d.searched} files`,
    fix: 'Name the file that starts the application under `entries` in banyan.config.yaml.',
  },
  'configured-entry-missing': {
    severity: 'error',
    title: (d) => `the configuration names the entry module ${d.entry}, which is no source file of the root`,
    fix: 'Correct the path under `entries` in banyan.config.yaml: it is relative to the root.',
  },
  'boot-limit-reached': {
    severity: 'warning',
    title: (d) => `start-up evaluation stopped at its bound of ${d.value} ${d.limit}`,
    fix: 'Registrations beyond this place may be missing; name a nearer entry module in banyan.config.yaml.',
  },
  'handler-followed-in-part': {
    severity: 'note',
    title: (d) => `${d.handler} does too much to be followed to its end`,
    fix: 'Where it was not followed, it counts as calling whatever its functions may call; check the tables of its entry points.',
  },
  'object-escapes': {
    severity: 'warning',
    title: (d) => `${d.object} is handed to ${d.into}, which has no model`,
    fix: 'What is registered there is not seen; register it in your own code, or report the library.',
  },
  'client-escapes': {
    severity: 'note',
    title: (d) => `${d.object} is handed to ${d.into}, which has no model`,
    fix: 'Tables that the library uses by itself are not counted; assign them in banyan.plan.yaml where it has any.',
  },
  'unknown-call-target': {
    severity: 'note',
    title: (d) => `start-up call cannot be followed: ${d.text}`,
    fix: 'What it registers is not seen; call a named function instead where that is possible.',
  },
  'unknown-module': {
    severity: 'warning',
    title: (d) => `start-up loads modules by a name that is not known: ${d.text}`,
    fix: 'What they register is not seen; name them as constants, or list what is loaded under `entries` in banyan.config.yaml.',
  },
  'framework-without-model': {
    severity: 'warning',
    title: (d) => `${d.framework} (${d.package}) serves requests, and has no model yet: none of its routes is listed`,
    fix: 'They stay in the monolith, and the gateway sends every path that it does not know there; all other facts hold.',
  },
  'framework-without-routes': {
    severity: 'warning',
    title: (d) =>
      d.reason === 'not-started'
        ? `${d.framework} (${d.package}) is imported here, but start-up reaches no application of it: none of its routes is listed`
        : `${d.framework} (${d.package}) is used here, but no route registered on it was found`,
    fix: 'Name the file that starts the application under `entries` in banyan.config.yaml; where a library or generated code registers the routes, they stay in the monolith.',
  },
  'dynamic-route': {
    severity: 'warning',
    title: (d) => `route path of ${d.method} is not constant: ${d.text}`,
    fix: 'Write the path as a constant, or give the variable a default; until then the route has a `<…>` in its path and stays in the monolith, with later routes whose requests it may answer.',
  },
  'dynamic-mount': {
    severity: 'warning',
    title: (d) =>
      d.routes === 0
        ? `path of middleware is not constant: ${d.text}`
        : `mount path is not constant: ${d.text}${d.routes === undefined ? '' : `; ${d.routes} ${d.routes === 1 ? 'route' : 'routes'} below it`}`,
    fix: 'Write the prefix as a constant, or give the variable a default; until then routes below it have a `<…>` in their path and stay in the monolith, with later routes whose requests they may answer; of middleware it is not known which routes it runs for.',
  },
  'path-from-default': {
    severity: 'note',
    title: (d) => `path rests on the default of ${d.variable}: "${d.default}"`,
    fix: 'Make sure that the variable is not set in production, or that its default is the value it has there.',
  },
  'duplicate-route': {
    severity: 'warning',
    title: (d) => `${d.route} is answered by another application too: ${d.first}`,
    fix: 'Both are listed, each with the name of its application, and stay; to plan them, analyze one application at a time: name its entry module under `entries` in banyan.config.yaml.',
  },
  'unresolved-handler': {
    severity: 'warning',
    title: (d) => `handler of ${d.route} cannot be read`,
    fix: 'Pass a function of your own code as the handler; the route stays in the monolith.',
  },
  'unknown-table': {
    severity: 'warning',
    title: (d) => `${d.library} access to a table that cannot be read: ${d.text}`,
    fix: 'Write the table name as a constant; until then ownership of that table is incomplete.',
  },
  'unreadable-sql': {
    severity: 'warning',
    title: (d) =>
      d.statements === undefined
        ? `SQL cannot be parsed: ${d.message}`
        : `${d.statements} statements below ${d.folder ?? '.'} cannot be parsed; the first: ${d.message}`,
    fix: 'Check the statement; tables in it are not counted. Exclude scripts of another database in banyan.config.yaml.',
  },
  'partial-query': {
    severity: 'note',
    title: (d) => `${d.library} query is partly built at run time: ${d.text}`,
    fix: 'Tables named only in that part are not counted; write them as constants, or assign them in banyan.plan.yaml.',
  },
  'computed-environment-name': {
    severity: 'note',
    title: (d) => `name of an environment variable is computed: ${d.text}`,
    fix: 'A slice cannot be given it by name; read it by a constant name.',
  },
  'unknown-store': {
    severity: 'warning',
    title: (d) => `data is kept in a store without a model: ${d.text}`,
    fix: 'Its data has no owner in the plan; keep code that uses it in the monolith until it stands on a database that Banyan reads.',
  },
  'request-without-route': {
    severity: 'warning',
    title: (d) => `traces show ${d.count} ${d.count === 1 ? 'request' : 'requests'} of ${d.request}, for which no route is known`,
    fix: 'Look where the monolith registers it: what start-up registers there was not read, or another program answers it.',
  },
  'table-seen-at-run-time': {
    severity: 'warning',
    title: (d) => `traces show ${d.entryPoint} at table ${d.table}, which its code is not known to touch`,
    fix: 'Look for the call that leads there; until it is known, keep the table beside the entry point in banyan.plan.yaml.',
  },
  'plan-module-missing': {
    severity: 'warning',
    title: (d) => `plan assigns ${d.module} to ${d.service}, but it does not exist`,
    fix: 'Remove the line from banyan.plan.yaml, or restore the file.',
  },
  'plan-table-missing': {
    severity: 'warning',
    title: (d) => `plan assigns table ${d.table} to ${d.service}, but no code uses it`,
    fix: 'Remove the line from banyan.plan.yaml.',
  },
  'plan-route-missing': {
    severity: 'warning',
    title: (d) => `plan assigns ${d.route} to ${d.service}, but no such route exists`,
    fix: 'Remove the line from banyan.plan.yaml, or correct the route.',
  },
  'shared-writer': {
    severity: 'warning',
    title: (d) => `table "${d.table}" is written by ${d.services.join(', ')}`,
    fix: 'Give it one owner before phase 6; until then the slices share the database.',
  },
  'import-cycle': {
    severity: 'note',
    title: (d) => `import cycle: ${d.modules.join(' → ')}`,
    fix: 'Break the cycle before its modules go to different services.',
  },
  'stateful-slice': {
    severity: 'warning',
    title: (d) => `${d.service} keeps state in memory: ${d.summary}`,
    fix: 'Move the state to a store, or place the slice on Fargate.',
  },
  'route-cannot-move': {
    severity: 'warning',
    title: (d) => `${d.route} cannot move yet: ${d.reason}`,
    fix: 'It keeps answering from the monolith; resolve the reason and extract again.',
  },
  'start-up-kept': {
    severity: 'note',
    title: (d) => `${d.service} keeps start-up statement: ${d.text}`,
    fix: 'Nothing to do if the slice needs it; otherwise move it behind a function the slice does not call.',
  },
  'start-up-dropped': {
    severity: 'note',
    title: (d) => `${d.service} leaves out start-up statement: ${d.text}`,
    fix: 'Nothing to do: it registers something that stays in the monolith.',
  },
  'main-script-asked': {
    severity: 'warning',
    title: (d) => `${d.service} asks which script the process was started with: ${d.text}`,
    fix: 'Compare with the module itself (`require.main === module`, `import.meta.url`), or take a path from where the module lies.',
  },
  'package-version-unknown': {
    severity: 'warning',
    title: (d) => `${d.service} imports "${d.package}", which the lock file does not name`,
    fix: "Add it to the monolith's package.json, or to the slice by hand.",
  },
};
