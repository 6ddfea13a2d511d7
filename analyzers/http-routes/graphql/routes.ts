import type { AnalyzerInput } from '../../../src/analyze/analyzer.ts';
import { constantText } from '../../../src/analyze/constant-text.ts';
import type { BootEffect, BootTrace, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { RouteFact, TriggerFact } from '../../../src/model/fact.ts';
import { guestFact } from '../routing/guest-facts.ts';
import { indexTrace } from '../routing/trace-index.ts';
import { withoutRoutes } from '../routing/without-routes.ts';
import { endpointRoutes } from './endpoint-routes.ts';
import { ENDPOINT, SCHEMA, SERVER, STANDALONE } from './model.ts';
import { operations } from './operations.ts';
import { type RootField, rootFields } from './root-fields.ts';

const KINDS: ReadonlySet<string> = new Set([ENDPOINT, SCHEMA, SERVER, STANDALONE, 'graphql.yoga', 'graphql.mercurius']);

/** Exports by which a server is made; what makes none is told where it stands. */
const IMPORTS = [
  ...['@apollo/server', 'apollo-server', 'apollo-server-express', 'apollo-server-koa', 'apollo-server-fastify'].map((name) => ({
    framework: 'Apollo Server',
    package: name,
    applications: ['ApolloServer'],
    routers: [],
  })),
  { framework: 'GraphQL Yoga', package: 'graphql-yoga', applications: ['createYoga', 'createServer', 'GraphQLServer'], routers: [] },
  { framework: 'express-graphql', package: 'express-graphql', applications: ['graphqlHTTP', 'default'], routers: [] },
  { framework: 'graphql-http', package: 'graphql-http', applications: ['createHandler'], routers: [] },
  { framework: 'Mercurius', package: 'mercurius', applications: ['default'], routers: [] },
];

/** Endpoints that stand alone, and the fields that functions of the program answer. */
export function graphqlRoutes(
  input: Pick<AnalyzerInput, 'program' | 'trace' | 'assets'>,
): readonly (RouteFact | TriggerFact | Diagnostic)[] {
  const { trace } = input;
  const made = trace.objects.filter(({ kind }) => KINDS.has(kind));
  const answered = operations(trace, () => 'Query');
  if (made.length === 0 && answered.length === 0) return IMPORTS.flatMap((imports) => withoutRoutes(imports, input, []));
  const declared = rootFields(input);
  const rootTypes = new Map(declared.map(({ name }) => [name.slice(name.indexOf('.') + 1), name.slice(0, name.indexOf('.'))]));
  const fields = operations(trace, (field) => rootTypes.get(field) ?? 'Query');
  const missing = isAnsweredElsewhere(trace) ? [] : [...unanswered(declared, fields), ...withoutFields(made, fields)];
  return [...standing(trace), ...fields, ...missing];
}

/** Classes with decorators of Nest answer fields, too: those are read where Nest's other triggers are. */
const isAnsweredElsewhere = ({ classes = [] }: BootTrace): boolean =>
  classes.some(({ decorators }) => decorators.some(({ value }) => value.kind === 'external' && value.package === '@nestjs/graphql'));

/** Servers that listen by themselves, and those handed to Node's own. */
function standing(trace: BootTrace): readonly RouteFact[] {
  const index = indexTrace(trace);
  const facts = trace.objects.flatMap((object) => {
    if (object.kind !== STANDALONE) return [];
    const of = index.maker(object.id)?.object;
    const path = of === undefined ? undefined : pathOf(index.object(of));
    return endpointRoutes(object).map((guest) =>
      guestFact(guest, { prefix: path ?? pathOf(object) ?? '/', at: object.at, statements: [object.span] }),
    );
  });
  const served = trace.effects.filter(({ verb }) => verb === 'create-server').flatMap((effect) => yogaIn(effect, index.object));
  return [...new Map([...facts, ...served].map((fact) => [fact.id, fact])).values()];
}

function yogaIn(effect: BootEffect, object: (id: string) => LibraryObject | undefined): readonly RouteFact[] {
  const found = effect.arguments.flatMap((value) => (value.kind === 'library' ? (object(value.object) ?? []) : []));
  const [yoga] = found.filter(({ kind }) => kind === 'graphql.yoga');
  if (yoga === undefined) return [];
  const standing = { prefix: pathOf(yoga) ?? '/graphql', at: effect.at, statements: [effect.span] };
  return endpointRoutes(yoga).map((guest) => guestFact(guest, standing));
}

function pathOf(object: LibraryObject | undefined): string | undefined {
  const [options] = object?.arguments ?? [];
  return options?.kind === 'object'
    ? (constantText(options.properties.graphqlEndpoint) ?? constantText(options.properties.path))
    : undefined;
}

/** Fields that the schema's text declares, and of which no function is known. */
function unanswered(declared: readonly RootField[], fields: readonly TriggerFact[]): readonly Diagnostic[] {
  const known = new Set(fields.map(({ detail }) => detail));
  const missing = declared.filter(({ name }) => !known.has(name) && !/\.(?:_|_empty|_service|_entities|dummy)$/.test(name));
  return [...new Map(missing.map((field) => [field.name, field])).values()].map(({ name, at }) => ({
    code: 'unresolved-handler',
    data: { route: name },
    at,
  }));
}

/** A server of which no field is known must not look as if it had none. */
function withoutFields(made: readonly LibraryObject[], fields: readonly TriggerFact[]): readonly Diagnostic[] {
  const [first] = made;
  if (first === undefined || fields.length > 0) return [];
  return [
    { code: 'framework-without-routes', data: { framework: 'GraphQL', package: 'graphql', reason: 'nothing-registered' }, at: first.at },
  ];
}
