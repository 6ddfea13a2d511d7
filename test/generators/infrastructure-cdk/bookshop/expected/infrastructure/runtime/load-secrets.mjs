import { createRequire } from 'node:module';

// Loaded before the function's code: reads its secrets and sets the variables made of them.
const variables = JSON.parse(process.env.SECRET_VARIABLES ?? '[]');
const names = [...new Set(variables.map(({ secret }) => secret))];
const secrets = new Map(await Promise.all(names.map(async (name) => [name, await readSecret(name)])));

for (const { name, secret, template, optional } of variables) {
  const value = fill(template, secrets.get(secret));
  if (value !== undefined) process.env[name] = value;
  else if (!optional) throw new Error(`secret ${secret} lacks a value for ${name}: put it there as JSON { "${name}": "…" }`);
}

async function readSecret(id) {
  // The runtime brings the client; it is found by NODE_PATH, which only require obeys.
  const { GetSecretValueCommand, SecretsManagerClient } = createRequire(import.meta.url)('@aws-sdk/client-secrets-manager');
  const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: id }));
  return JSON.parse(SecretString ?? '{}');
}

/** A template that is one key gives the value as it is; inside a URL each value is encoded. Undefined when one is missing. */
function fill(template, values) {
  const keys = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  if (keys.some((key) => values[key] === undefined)) return undefined;
  if (template === `{${keys[0]}}`) return String(values[keys[0]]);
  return template.replace(/\{(\w+)\}/g, (_, key) => encodeURIComponent(String(values[key])));
}
