/** Figures of AWS that decide placement and sizes, each with where and when it was read. Decisions cite them, never numbers of their own. */
export const awsLimits = {
  gatewayTimeoutSeconds: { value: 30, source: 'API Gateway HTTP API quota: integration timeout, hard', read: '2026-11' },
  gatewayPayloadMb: { value: 10, source: 'API Gateway HTTP API quota: payload', read: '2026-11' },
  lambdaPayloadMb: { value: 6, source: 'AWS Lambda quota: synchronous payload', read: '2026-11' },
  lambdaTimeoutSeconds: { value: 900, source: 'AWS Lambda quota: function timeout', read: '2026-11' },
  routesPerApi: { value: 300, source: 'API Gateway HTTP API quota: routes per API', read: '2026-11' },
} as const;

/** What every function starts with; a person changes it in the generated infrastructure. */
export const functionDefaults = {
  /** Under the gateway's limit, so that the function answers an error before the gateway cuts it off. */
  timeoutSeconds: awsLimits.gatewayTimeoutSeconds.value - 1,
  /** First invocation falls from 283 ms at 512 MB to 157 ms here (cebert/aws-lambda-performance-benchmarks, 2025-11-30). */
  memoryMb: 1024,
  runtime: 'nodejs22.x',
  architecture: 'arm64',
} as const;
