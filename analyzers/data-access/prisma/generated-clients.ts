import { posix } from 'node:path';
import type { PrismaSchema } from '../../../src/lib/prisma/prisma-schema.ts';
import type { ModuleRecord, ProgramQueries, ResolvedImport } from '../../../src/model/program.ts';
import { classChain } from '../flow/class-instances.ts';
import type { CodeValue, Declared } from '../flow/code-value.ts';

/** Whether a value is a client that Prisma generated into the tree, where its code need not exist yet. */
export type IsGeneratedClient = (value: CodeValue) => boolean;

/**
 * A class that extends the client of an import which names the folder a generator writes to (`output = "../src/generated"`),
 * or which resolves to nothing and gives a `PrismaClient`.
 */
export function createGeneratedClients(program: ProgramQueries, schema: PrismaSchema): IsGeneratedClient {
  return (value) => {
    const { module, owner, expression } = value;
    const type = program.typeOfExpression(module.id, owner, expression);
    const chain = type.kind === 'symbol' ? classChain(program, type.symbol) : [];
    const last = chain.at(-1);
    return last !== undefined && extendsGenerated(program, schema, last);
  };
}

function extendsGenerated(program: ProgramQueries, schema: PrismaSchema, { module, declaration }: Declared): boolean {
  const base = declaration.extends;
  const name = base?.kind === 'name' ? base.name : base?.kind === 'call' ? calledName(module, base.call) : undefined;
  if (name === undefined) return false;
  return module.syntax.imports.some(({ bindings }, index) => {
    const binding = bindings.find(({ local }) => local === name);
    if (binding === undefined) return false;
    const found = program.resolvedImport(module.id, index);
    return found !== undefined && isGenerated(schema, module, found, binding.imported);
  });
}

/** `extends createExtendedClient(…)` stands for what is called. */
function calledName(module: ModuleRecord, index: number): string | undefined {
  const callee = module.syntax.calls[index]?.callee;
  return callee?.kind === 'name' ? callee.name : undefined;
}

function isGenerated({ outputs }: PrismaSchema, module: ModuleRecord, { specifier, target }: ResolvedImport, imported: string): boolean {
  if (specifier === undefined) return false;
  const path = target.kind === 'module' ? target.module : pathOf(module, specifier);
  if (outputs.some((output) => path === output || path.startsWith(`${output}/`) || output.endsWith(`/${stem(path)}`))) return true;
  return target.kind === 'unresolved' && imported === 'PrismaClient';
}

/** Relative specifiers are joined with the folder; of others (`@/generated/prisma`, `src/generated/prisma/client`) the alias says nothing. */
const pathOf = (module: ModuleRecord, specifier: string): string =>
  specifier.startsWith('.') ? posix.join(posix.dirname(module.id), specifier) : specifier.replace(/^[@~#]?\//, '');

const stem = (path: string): string => path.replace(/\/(?:client|index|default|browser)(?:\.[cm]?[jt]s)?$/, '');
