import type { GeneratorInput } from '../../src/generate/generator.ts';
import type { SliceClosure } from '../../src/generate/slice-closure.ts';
import { sliceVariables } from '../../src/generate/slice-variables.ts';
import { code, text } from '../../src/lib/markdown-text.ts';
import type { PlannedService } from '../../src/model/migration-plan.ts';
import type { PrismaSchema } from './prisma-schema.ts';

/** What `templates/readme.hbs` prints; every value is Markdown already. */
export interface ReadmeView {
  readonly title: string;
  readonly monolith: string;
  readonly moved: readonly { readonly route: string; readonly function: string }[];
  readonly hasBlocked: boolean;
  readonly blocked: readonly { readonly route: string; readonly reason: string }[];
  readonly hasVariables: boolean;
  readonly variables: readonly { readonly name: string; readonly kind: string; readonly default: string }[];
  readonly install: string;
  readonly hasPrisma: boolean;
  readonly files: number;
}

export interface ReadmeInput {
  readonly input: Pick<GeneratorInput, 'plan' | 'closures' | 'tree' | 'readSource'>;
  readonly service: PlannedService;
  readonly closure: SliceClosure;
  readonly lockfile: object | undefined;
  readonly prisma: PrismaSchema | undefined;
}

export function toReadmeView({ input, service, closure, lockfile, prisma }: ReadmeInput): ReadmeView {
  const variables = sliceVariables(input, service);
  const blocked = service.routes.filter((route) => route.blockedBy !== undefined);
  return {
    title: text(service.title),
    monolith: code(input.plan.name),
    moved: service.routes
      .filter((route) => route.blockedBy === undefined)
      .map((route) => ({ route: code(route.id), function: code(route.function) })),
    hasBlocked: blocked.length > 0,
    blocked: blocked.map((route) => ({ route: code(route.id), reason: text(route.blockedBy?.text ?? '') })),
    hasVariables: variables.length > 0,
    variables: variables.map(({ name, secret, default: fallback }) => ({
      name: code(name),
      kind: secret ? 'secret' : 'plain',
      // A default of a secret is itself one: it stays in the code, where it was.
      default: secret || fallback === undefined ? '–' : code(fallback),
    })),
    install: lockfile === undefined ? 'npm install' : 'npm ci',
    hasPrisma: prisma !== undefined,
    files: closure.files.length,
  };
}
