/**
 * Whether a file may hold secrets, by its name or by what stands in it. Such files are left where they are: a function is
 * given its values by its environment.
 */
export function mayHoldSecrets(path: string, readBytes: () => Uint8Array | undefined): boolean {
  if (SECRET_NAMES.some((name) => name.test(path))) return true;
  const bytes = readBytes();
  if (bytes === undefined || bytes.byteLength > LARGEST_READ) return false;
  const text = Buffer.from(bytes).toString('latin1');
  return SECRET_TEXTS.some((form) => form.test(text));
}

/** What is larger than this does not come along anyway. */
const LARGEST_READ = 1_000_000;

const SECRET_NAMES: readonly RegExp[] = [
  // Environments, wherever the word stands: `.env.production`, `shop.env`, `.envrc`.
  /(^|\/)\.env(rc|\.[^/]*)?$/i,
  /\.env$/i,
  // Keys and stores of keys.
  /\.(pem|key|p8|p12|pfx|jks|keystore|ppk|kdbx)$/i,
  /(^|\/)id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/i,
  // Passwords that clients of databases, servers and registries read.
  /(^|\/)(\.pgpass|pgpass\.conf|\.my\.cnf|\.mylogin\.cnf|\.htpasswd|\.netrc|_netrc|\.git-credentials)$/i,
  /(^|\/)(\.npmrc|\.yarnrc|\.yarnrc\.yml|\.pypirc|\.dockercfg|\.docker\/config\.json|\.kube\/config)$/i,
  // Credentials of clouds, and what tools keep of them.
  /(^|\/)(\.aws\/credentials|(gcp-|google-|application_default_)?credentials(\.(json|ya?ml|ini))?)$/i,
  /(^|\/)[^/]*(service[-_.]?account|firebase[-_.]?adminsdk)[^/]*\.json$/i,
  /(^|\/)(client_)?secrets?\.(json|ya?ml|toml|ini)$/i,
  /\.(tfstate|tfstate\.backup|tfvars)$/i,
];

const SECRET_TEXTS: readonly RegExp[] = [
  /-----BEGIN [A-Z\d ]*PRIVATE KEY( BLOCK)?-----/,
  /"type"\s*:\s*"service_account"/,
  // Of a registry, and of Amazon Web Services.
  /\b_(authToken|password|auth)\s*=\s*[^\s$]/,
  /^\s*aws_secret_access_key\s*=\s*\S/im,
];
