import type { Configuration } from '../model/configuration.ts';

/** What holds where the configuration says nothing. */
export const defaultConfiguration = {
  entries: [],
  exclude: [],
  types: 'auto',
  history: 'read',
  traces: [],
  verify: { ready: '/', readyTimeoutSeconds: 60, port: 3_000, environment: {}, resetTimeoutSeconds: 300, testTimeoutSeconds: 1_800 },
} as const satisfies Configuration;
