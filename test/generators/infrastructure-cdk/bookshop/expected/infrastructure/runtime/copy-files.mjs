import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Runs after each bundle: puts beside it what the code reads at run time, and the module that reads its secrets.
const { from, to, assets, packages, prismaTarget } = JSON.parse(Buffer.from(process.argv[2] ?? '', 'base64url').toString('utf8'));

copyFileSync(fileURLToPath(new URL('./load-secrets.mjs', import.meta.url)), join(to, 'load-secrets.mjs'));
for (const asset of assets) {
  mkdirSync(dirname(join(to, asset)), { recursive: true });
  cpSync(join(from, asset), join(to, asset), { recursive: true });
}
for (const { path, folder } of packages) {
  // Packages installed inside one have places of their own.
  const filter = (file) => file !== join(folder, 'node_modules');
  cpSync(folder, join(to, path), { recursive: true, dereference: true, filter });
}
if (packages.length > 0) {
  process.stderr.write(`${packages.length} packages copied as installed in ${from}; compiled code must be that of Lambda (npm ci --os=linux --libc=glibc --cpu=arm64)\n`);
}
if (prismaTarget !== undefined) copyPrismaFiles();
checkSize();

// Lambda refuses more when it is deployed; better to hear it now.
function checkSize() {
  const limit = 250 * 1024 * 1024;
  const bytes = sizeOf(to);
  if (bytes <= limit) return;
  const largest = packages.map(({ path }) => [sizeOf(join(to, path)), path]).sort(([left], [right]) => right - left);
  const names = largest.slice(0, 5).map(([size, path]) => `${path} ${megabytes(size)}`);
  process.stderr.write(`Error: a function of ${from} has ${megabytes(bytes)} and Lambda takes 250 MB unzipped; its largest packages: ${names.join(', ')}\n`);
  process.exit(1);
}

function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOf(path) : statSync(path).size);
  }, 0);
}

function megabytes(bytes) {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

// A generated client that is in the bundle looks beside it for its schema and engine: a library of the platform, or WebAssembly for any.
function copyPrismaFiles() {
  const placed = packages.find(({ path }) => path === 'node_modules/.prisma/client');
  const client = placed?.folder ?? generatedClient();
  const isEngine = (file) => file.endsWith('.wasm') || (file.endsWith('.node') && file.includes(prismaTarget));
  const files = client === undefined ? [] : readdirSync(client).filter((file) => file === 'schema.prisma' || isEngine(file));
  if (placed === undefined) for (const file of files) copyFileSync(join(client, file), join(to, file));
  if (!files.some(isEngine)) {
    process.stderr.write(`no Prisma engine for ${prismaTarget} beside ${from}: add it to binaryTargets of the schema and run npm run postinstall there\n`);
  }
}

function generatedClient() {
  try {
    const entry = createRequire(join(from, 'package.json')).resolve('@prisma/client/package.json');
    const client = join(dirname(entry), '..', '..', '.prisma', 'client');
    return existsSync(client) ? client : undefined;
  } catch {
    return undefined;
  }
}
