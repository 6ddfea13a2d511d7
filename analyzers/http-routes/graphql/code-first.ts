import { constantText } from '../../../src/analyze/constant-text.ts';
import type { CallModel, LibraryHost, LibraryModel, MemberModel } from '../../../src/model/boot-trace.ts';
import { SCHEMA } from './model.ts';
import { recordField } from './resolver-maps.ts';

const unknown: CallModel = { returns: 'unknown' };

/** The options among the arguments of a field: the last plain object with a function of its own. */
const resolverIn = <Value>(host: LibraryHost<Value>): Value | undefined =>
  host.given.findLast((value) => host.isObject(value) && (host.member(value, 'resolve') ?? host.member(value, 'subscribe')) !== undefined);

/** `t.field({ type, resolve })` of Pothos: the object with its `resolve`, so that whoever names the field can record it. */
const pothosField: CallModel = { performs: (host) => resolverIn(host) ?? host.object([]) };

const asRoot = (method: string): string =>
  /mutation/i.test(method) ? 'Mutation' : /subscription/i.test(method) ? 'Subscription' : 'Query';

/** `builder.queryField('orders', (t) => t.field(…))`. */
const pothosSingle: CallModel = {
  performs(host) {
    const [name, make] = host.given;
    const written = host.see(name);
    if (make === undefined || written.kind !== 'constant') return host.unknown();
    recordField(host, `${asRoot(host.method)}.${written.value}`, host.call(make, [host.make('pothos.fields', { arguments: [] })]));
    return host.unknown();
  },
};

/** `builder.queryFields((t) => ({ orders: t.field(…) }))`. */
const pothosSeveral: CallModel = {
  performs(host) {
    for (const make of host.given) if (host.see(make).kind === 'function') recordFields(host, asRoot(host.method), make);
    return host.unknown();
  },
};

/** `builder.queryType({ fields: (t) => ({ … }) })`, and object types with a name. */
const pothosType: CallModel = {
  performs(host) {
    const [first, second] = host.given;
    const options = second ?? first;
    const named = host.see(first);
    const type =
      /Type$/.test(host.method) && host.method !== 'objectType'
        ? asRoot(host.method)
        : named.kind === 'constant'
          ? String(named.value)
          : 'Object';
    const make = options === undefined || host.see(options).kind !== 'object' ? undefined : host.member(options, 'fields');
    if (make !== undefined) recordFields(host, type, make);
    return host.unknown();
  },
};

function recordFields<Value>(host: LibraryHost<Value>, type: string, make: Value): void {
  const fields = host.call(make, [host.make('pothos.fields', { arguments: [] })]);
  for (const [field, value] of host.members(fields).entries) recordField(host, `${type}.${field}`, value);
}

const builder: CallModel = { returns: { object: 'pothos.builder' }, constructs: true };
const pothosMembers: Readonly<Record<string, MemberModel>> = {
  ...Object.fromEntries(['queryField', 'mutationField', 'subscriptionField'].map((name) => [name, pothosSingle])),
  ...Object.fromEntries(['queryFields', 'mutationFields', 'subscriptionFields'].map((name) => [name, pothosSeveral])),
  ...Object.fromEntries(
    [
      'queryType',
      'mutationType',
      'subscriptionType',
      'objectType',
      'objectField',
      'prismaObject',
      'drizzleObject',
      'node',
      'prismaNode',
    ].map((name) => [name, pothosType]),
  ),
  toSchema: { returns: { object: SCHEMA } },
  '*': unknown,
};

/** Pothos: fields are functions of a builder. */
export const pothosModel: LibraryModel = {
  name: 'pothos',
  packages: ['@pothos/core'],
  exports: { default: builder, SchemaBuilder: builder },
  objects: { 'pothos.builder': { members: pothosMembers }, 'pothos.fields': { members: { '*': pothosField } } },
};

/** `t.field('orders', { resolve })`, or with all in one object. */
const nexusField: CallModel = {
  performs(host) {
    const options = resolverIn(host);
    const first = host.see(host.given[0]);
    const name = first.kind === 'constant' ? String(first.value) : textOf(host, options, 'name');
    const type = host.receiver === undefined ? undefined : textOf(host, host.receiver, '[[type]]');
    if (options !== undefined && name !== undefined && type !== undefined) recordField(host, `${type}.${name}`, options);
    return host.unknown();
  },
};

function textOf<Value>(host: LibraryHost<Value>, value: Value | undefined, name: string): string | undefined {
  const seen = host.see(host.member(value, name));
  return constantText(seen);
}

/** `objectType({ name, definition(t) { … } })`, `extendType({ type, definition })`, `queryType({ definition })`. */
const nexusType: CallModel = {
  performs(host) {
    const [options] = host.given;
    if (options === undefined || host.see(options).kind !== 'object') return host.unknown();
    const type = /^(?:query|mutation|subscription)Type$/.test(host.method)
      ? asRoot(host.method)
      : (textOf(host, options, 'name') ?? textOf(host, options, 'type'));
    const define = host.member(options, 'definition');
    if (type === undefined || define === undefined) return host.unknown();
    const block = host.make('nexus.block', { arguments: [] });
    host.assign(block, '[[type]]', host.constant(type));
    host.call(define, [block], options);
    return host.unknown();
  },
};

/** `queryField('orders', { resolve })`, or with a function of a block. */
const nexusSingle: CallModel = {
  performs(host) {
    const [first, second] = host.given;
    const type = asRoot(host.method);
    const define = [first, second].find((value) => value !== undefined && host.see(value).kind === 'function');
    if (define !== undefined) {
      const block = host.make('nexus.block', { arguments: [] });
      host.assign(block, '[[type]]', host.constant(type));
      host.call(define, [block]);
      return host.unknown();
    }
    const named = host.see(first);
    const options = resolverIn(host);
    const name = named.kind === 'constant' ? String(named.value) : textOf(host, options, 'name');
    if (name !== undefined && options !== undefined) recordField(host, `${type}.${name}`, options);
    return host.unknown();
  },
};

/** Nexus: types define their fields on a block. */
export const nexusModel: LibraryModel = {
  name: 'nexus',
  packages: ['nexus', '@nexus/schema'],
  exports: {
    ...Object.fromEntries(['objectType', 'extendType', 'queryType', 'mutationType', 'subscriptionType'].map((name) => [name, nexusType])),
    ...Object.fromEntries(['queryField', 'mutationField', 'subscriptionField'].map((name) => [name, nexusSingle])),
    makeSchema: { returns: { object: SCHEMA } },
  },
  objects: {
    'nexus.block': {
      members: {
        ...Object.fromEntries(['list', 'nonNull', 'nullable', 'connection'].map((name) => [name, { property: 'self' as const }])),
        '*': nexusField,
      },
    },
  },
};

/** `new GraphQLObjectType({ name, fields })`; fields given by a function are asked for when the schema is made. */
const objectType: CallModel = {
  constructs: true,
  performs(host) {
    const [options] = host.given;
    const made = host.make('graphql.object-type', { arguments: [] });
    if (options === undefined || !host.isObject(options)) return made;
    const name = textOf(host, options, 'name');
    const fields = host.member(options, 'fields');
    if (name === undefined || fields === undefined) return made;
    host.later(() => {
      const members = host.isObject(fields) ? fields : host.call(fields, []);
      for (const [field, value] of host.members(members).entries) if (host.isObject(value)) recordField(host, `${name}.${field}`, value);
    });
    return made;
  },
};

/** The library of the GraphQL makers itself: types are objects that code makes. */
export const graphqlModel: LibraryModel = {
  name: 'graphql',
  packages: ['graphql'],
  exports: {
    GraphQLObjectType: objectType,
    GraphQLSchema: { returns: { object: SCHEMA }, constructs: true },
  },
  objects: { 'graphql.object-type': { members: { '*': unknown } } },
};
