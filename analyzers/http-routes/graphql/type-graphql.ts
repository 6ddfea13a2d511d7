import type { CallModel, LibraryModel } from '../../../src/model/boot-trace.ts';
import { SCHEMA } from './model.ts';
import { modulesLike } from './module-patterns.ts';

/** Decorators by which a method answers a field, and the type that the field is of; absent: that of its class. */
export const FIELD_DECORATORS: Readonly<Record<string, string | undefined>> = {
  Query: 'Query',
  Mutation: 'Mutation',
  Subscription: 'Subscription',
  FieldResolver: undefined,
};

/** Resolvers are classes, or patterns of the files that hold them: those are loaded. */
const buildsSchema: CallModel = {
  performs(host) {
    const [options] = host.given;
    const resolvers = host.member(options, 'resolvers');
    for (const one of resolvers === undefined ? [] : host.elements(resolvers).values) modulesLike(host, one);
    return host.make(SCHEMA, { arguments: [] });
  },
};

/** TypeGraphQL: methods of classes are resolvers. */
export const typeGraphqlModel: LibraryModel = {
  name: 'type-graphql',
  packages: ['type-graphql'],
  exports: {
    buildSchema: buildsSchema,
    buildSchemaSync: buildsSchema,
    buildTypeDefsAndResolvers: buildsSchema,
    buildTypeDefsAndResolversSync: buildsSchema,
  },
  objects: {},
  decorators: Object.fromEntries(Object.keys(FIELD_DECORATORS).map((name) => [name, { handles: true as const }])),
};
