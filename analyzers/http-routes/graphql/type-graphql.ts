import type { LibraryModel } from '../../../src/model/boot-trace.ts';
import { SCHEMA } from './model.ts';

/** Decorators by which a method answers a field, and the type that the field is of; absent: that of its class. */
export const FIELD_DECORATORS: Readonly<Record<string, string | undefined>> = {
  Query: 'Query',
  Mutation: 'Mutation',
  Subscription: 'Subscription',
  FieldResolver: undefined,
};

/** TypeGraphQL: methods of classes are resolvers. */
export const typeGraphqlModel: LibraryModel = {
  name: 'type-graphql',
  packages: ['type-graphql'],
  exports: {
    buildSchema: { returns: { object: SCHEMA } },
    buildSchemaSync: { returns: { object: SCHEMA } },
    buildTypeDefsAndResolvers: { returns: { object: SCHEMA } },
    buildTypeDefsAndResolversSync: { returns: { object: SCHEMA } },
  },
  objects: {},
  decorators: Object.fromEntries(Object.keys(FIELD_DECORATORS).map((name) => [name, { handles: true as const }])),
};
