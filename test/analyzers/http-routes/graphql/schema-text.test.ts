import { expect, test } from 'vitest';
import { rootFieldsIn } from '../../../../analyzers/http-routes/graphql/schema-text.ts';

test.each<[string, string, readonly string[]]>([
  ['fields of root types', 'type Query { orders: [Order!]! order(id: ID!): Order } type Order { id: ID }', ['Query.orders', 'Query.order']],
  [
    'extensions',
    'extend type Mutation @auth(role: "x") {\n  place(input: Input! = { a: 1, b: [2] }): Order @deprecated(reason: "old: no")\n}',
    ['Mutation.place'],
  ],
  ['remarks between', '"type Query { a: Int }"\ntype Query {\n  # b: Int\n  """ c: Int """\n  d: Int # e: Int\n}', ['Query.d']],
  ['text without an end', 'type Subscription { arrived: Int', ['Subscription.arrived']],
  ['root types of other names', 'schema { query: Shop } type Shop { orders: Int } type Subscription { id: ID }', ['Shop.orders']],
  ['nothing', 'query { orders { id } }', []],
])('%s', (_title, text, expected) => expect(rootFieldsIn(text).map(({ name }) => name)).toEqual(expected));
