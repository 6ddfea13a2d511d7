import { type DecoratorCall, decoratorCalls, flatValues, propertyOf, textOf } from '../../../src/analyze/decorator-calls.ts';
import { ownEntry } from '../../../src/lib/own-entry.ts';
import type { BootMember, BootType, BootValue } from '../../../src/model/boot-trace.ts';
import type { RouteShapes, Shape } from '../../../src/model/fact.ts';

/** Parameter decorators that take a whole part of the request when they name none of its properties. */
const PARTS: Readonly<Record<string, 'parameters' | 'query' | 'headers' | 'body'>> = {
  Param: 'parameters',
  Query: 'query',
  Headers: 'headers',
  Body: 'body',
};

/** What types of parameters, the declared result and documentation decorators say that a route takes and gives. */
export function shapesOf({ parameters, returns, decorators }: BootMember): RouteShapes | undefined {
  const shapes: Record<string, Shape> = {};
  for (const { decorators: own, type } of parameters)
    for (const {
      package: origin,
      name,
      arguments: [first],
    } of decoratorCalls(own)) {
      const part = origin === '@nestjs/common' ? ownEntry(PARTS, name) : undefined;
      const shape = typeShape(type);
      if (part !== undefined && shape !== undefined && textOf(first) === undefined) shapes[part] ??= shape;
    }
  const documented = decoratorCalls(decorators).filter(({ package: origin }) => origin === '@nestjs/swagger');
  for (const {
    name,
    arguments: [options],
  } of documented) {
    const part = name === 'ApiBody' ? 'body' : name === 'ApiQuery' && propertyOf(options, 'name') === undefined ? 'query' : undefined;
    const shape = part === undefined ? undefined : documentedShape(options);
    if (part !== undefined && shape !== undefined) shapes[part] ??= shape;
  }
  const responses = responsesOf(documented, typeShape(returns));
  const all: RouteShapes = { ...shapes, ...(responses === undefined ? {} : { responses }) };
  return Object.keys(all).length === 0 ? undefined : all;
}

const typeShape = (type: BootType | undefined): Shape | undefined =>
  type?.kind === 'symbol' ? { kind: 'type', symbol: type.symbol, ...(type.isList ? { isList: true as const } : {}) } : undefined;

/** The status that `@ApiOkResponse` and the like stand for. */
const STATUS: Readonly<Record<string, string>> = {
  ApiOkResponse: '200',
  ApiCreatedResponse: '201',
  ApiAcceptedResponse: '202',
  ApiNoContentResponse: '204',
  ApiBadRequestResponse: '400',
  ApiUnauthorizedResponse: '401',
  ApiForbiddenResponse: '403',
  ApiNotFoundResponse: '404',
  ApiConflictResponse: '409',
  ApiUnprocessableEntityResponse: '422',
  ApiInternalServerErrorResponse: '500',
  ApiDefaultResponse: 'default',
};

function responsesOf(documented: readonly DecoratorCall[], declared: Shape | undefined): RouteShapes['responses'] {
  const responses: Record<string, Shape> = {};
  for (const {
    name,
    arguments: [options],
  } of documented) {
    const status = ownEntry(STATUS, name) ?? (name === 'ApiResponse' ? (textOf(propertyOf(options, 'status')) ?? 'default') : undefined);
    const shape = status === undefined ? undefined : documentedShape(options);
    if (status !== undefined && shape !== undefined) responses[status] ??= shape;
  }
  if (declared !== undefined && !Object.keys(responses).some((status) => status.startsWith('2'))) responses.default ??= declared;
  return Object.keys(responses).length === 0 ? undefined : responses;
}

/** `{ type: BookDto }`, `{ type: [BookDto] }`, `{ type: BookDto, isArray: true }`. */
function documentedShape(options: BootValue | undefined): Shape | undefined {
  const type = propertyOf(options, 'type');
  const [only] = flatValues(type);
  if (only?.kind !== 'class') return undefined;
  const list = propertyOf(options, 'isArray');
  const isList = type?.kind === 'array' || (list?.kind === 'constant' && list.value === true);
  return { kind: 'type', symbol: only.symbol, ...(isList ? { isList: true as const } : {}) };
}
