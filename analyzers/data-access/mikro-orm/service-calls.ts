import type { TableOperation } from '../../../src/model/fact.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import { declared, valueAt } from '../flow/code-value.ts';
import { libraryAnswering } from '../mappers/held-members.ts';
import { type Held, type LibraryHeld, NO_CONTEXT, opensIn } from '../mappers/held-value.ts';
import { propertiesOf } from '../mappers/literals.ts';
import {
  accessTo,
  forEntities,
  type MapperReader,
  mergeReadings,
  NOTHING_READ,
  type OperationReading,
  type PlacedCall,
} from '../mappers/reading.ts';
import { generatedMethod, INTERNAL_SERVICE, isSubject, MODULE_SERVICE } from './medusa-services.ts';
import { readFind } from './operations.ts';

/** What each method of a service does to the table of its model; what is deleted softly stays. */
const serviceMethods: Readonly<Record<string, TableOperation>> = {
  retrieve: 'read',
  list: 'read',
  listAndCount: 'read',
  create: 'create',
  update: 'update',
  delete: 'delete',
  softDelete: 'update',
  restore: 'update',
  upsert: 'upsert',
  upsertWithReplace: 'upsert',
};

export const isServiceMethod = (method: string): boolean => Object.hasOwn(serviceMethods, method) || generatedMethod(method) !== undefined;

/** Calls of the services that Medusa makes for models: `this.listBooks(…)`, `this.bookService_.create(…)`. */
export function readServiceCall(reader: MapperReader, call: PlacedCall): OperationReading | undefined {
  const { site, context, method } = call;
  const { callee } = site.call;
  if (callee.kind !== 'member' || !isServiceMethod(method)) return undefined;
  const receivers = reader.values.of(valueAt(site, callee.object), context);
  const opens = isKeptService(callee.object) && receivers.every(({ kind }) => kind === 'open') ? opensIn(receivers) : [];
  if (opens.length > 0) return { ...NOTHING_READ, opens };
  const found = receivers
    .flatMap((held) => libraryAnswering(reader.values, held, method) ?? [])
    .flatMap((service) => readOn(reader, call, service) ?? []);
  return found.length === 0 ? undefined : mergeReadings(found);
}

/** `service.bookService_`, where the whole service is a parameter without a type: Medusa ends the names of what it injects so. */
const isKeptService = (expression: Expression): boolean => expression.kind === 'member' && expression.property.endsWith('Service_');

function readOn(reader: MapperReader, call: PlacedCall, service: LibraryHeld): OperationReading | undefined {
  const { method } = call;
  if (service.type === INTERNAL_SERVICE)
    return read(
      reader,
      call,
      method,
      service.of.flatMap((model) => bounded(reader, model)),
    );
  const named = service.type === MODULE_SERVICE ? generatedMethod(method) : undefined;
  return named === undefined ? undefined : read(reader, call, named.operation, modelsNamed(reader, service.of, named.subject));
}

/** A type parameter stands for what it extends: Medusa injects the service of that model, whatever a subclass says. */
function bounded({ values, flow: { program } }: MapperReader, model: Held): readonly Held[] {
  const found = model.kind === 'open' && model.name !== undefined ? declared(program, model.symbol) : undefined;
  if (model.kind !== 'open' || model.name === undefined || found === undefined) return [model];
  const { typeParameters = [], typeBounds = [] } = found.declaration;
  const bound = typeBounds[typeParameters.indexOf(model.name)];
  return bound == null ? [model] : values.ofType({ module: found.module, owner: found.index }, bound, NO_CONTEXT);
}

/** The models of a service that a method's name means. */
const modelsNamed = (reader: MapperReader, given: readonly Held[], subject: string): readonly Held[] =>
  given.flatMap((one) =>
    one.kind !== 'literal'
      ? []
      : propertiesOf(reader, one)
          .properties.filter(({ key }) => isSubject(subject, key))
          .flatMap(({ value, context }) => reader.values.of(value, context)),
  );

function read(reader: MapperReader, call: PlacedCall, name: string, models: readonly Held[]): OperationReading | undefined {
  const operation = serviceMethods[name];
  if (!Object.hasOwn(serviceMethods, name) || operation === undefined) return undefined;
  return forEntities(reader, models, call.method, (entity) => ({
    accesses: [...accessTo(entity, operation), ...(operation === 'read' ? readFind(reader, call, entity, 0) : [])],
  }));
}
