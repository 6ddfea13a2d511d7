/**
 * The program each function process runs: the loop of Lambda's runtime interface client in its smallest form.
 *
 * It loads the bundle named by `_HANDLER`, then asks the runtime API for one invocation after another. Handlers may
 * return a value, a promise, or call back. Unlike Lambda it does not wait for an empty event loop after a callback.
 */
export const BOOTSTRAP_SOURCE = `import http from 'node:http';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const request = http.request;
const setTimer = setTimeout;
const stringify = JSON.stringify;
const parse = JSON.parse;
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host, port, method, path: '/2018-06-01/runtime' + path, agent: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() }));
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function describe(error) {
  if (error instanceof Error || (error && typeof error === 'object' && 'message' in error)) {
    return stringify({ errorType: String(error.name), errorMessage: String(error.message), trace: String(error.stack ?? '').split('\\n') });
  }
  return stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
}

async function loadHandler() {
  const name = process.env._HANDLER;
  const dot = name.lastIndexOf('.');
  const file = join(process.env.LAMBDA_TASK_ROOT, name.slice(0, dot));
  const loaded = existsSync(file + '.cjs') ? createRequire(file + '.cjs')(file + '.cjs') : await import(pathToFileURL(file + '.mjs').href);
  const handler = loaded[name.slice(dot + 1)] ?? loaded.default?.[name.slice(dot + 1)];
  if (typeof handler !== 'function') throw new Error(name + ' is not a function exported by the bundle');
  return handler;
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function run(handler, event, context) {
  return new Promise((resolve, reject) => {
    const back = (error, value) => (error ? reject(error) : resolve(value));
    const returned = handler(event, context, back);
    if (returned && typeof returned.then === 'function') returned.then(resolve, reject);
    else if (returned !== undefined && handler.length < 3) resolve(returned);
    else if (handler.length < 3) resolve(null);
  });
}

let handler;
try {
  handler = await loadHandler();
} catch (error) {
  await call('POST', '/init/error', describe(error));
  process.exit(1);
}

for (;;) {
  const { headers, text } = await call('GET', '/invocation/next');
  const id = headers['lambda-runtime-aws-request-id'];
  if (headers['lambda-runtime-trace-id']) process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
  let path = '/response';
  let body;
  try {
    body = stringify(await run(handler, parse(text), contextOf(headers))) ?? 'null';
  } catch (error) {
    path = '/error';
    body = describe(error);
  }
  await call('POST', '/invocation/' + id + path, body);
}
`;
