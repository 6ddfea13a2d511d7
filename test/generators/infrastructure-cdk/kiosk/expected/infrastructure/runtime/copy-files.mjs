import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
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
for (const { name, folder } of packages) cpSync(folder, join(to, 'node_modules', name), { recursive: true, dereference: true });
if (packages.length > 0) {
  const names = packages.map(({ name }) => name).join(', ');
  process.stderr.write(`copied as installed in ${from}: ${names}; compiled code must be that of Lambda (npm ci --os=linux --libc=glibc --cpu=arm64)\n`);
}
if (prismaTarget !== undefined) copyPrismaFiles();

// The generated client is in the bundle, and looks beside it for its schema and engine: a library of the platform, or WebAssembly for any.
function copyPrismaFiles() {
  const client = generatedClient();
  const isEngine = (file) => file.endsWith('.wasm') || (file.endsWith('.node') && file.includes(prismaTarget));
  const files = client === undefined ? [] : readdirSync(client).filter((file) => file === 'schema.prisma' || isEngine(file));
  for (const file of files) copyFileSync(join(client, file), join(to, file));
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
