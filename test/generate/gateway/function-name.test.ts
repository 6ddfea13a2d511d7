import { expect, test } from 'vitest';
import { cloudFunctionName } from '../../../src/generate/gateway/function-name.ts';

const long = 'x'.repeat(70);

test.each([
  ['the plan behind the monolith', '@acme/bookshop', 'orders-api', /^acme-bookshop-orders-api$/],
  ['no more of a long monolith than fits', long, 'orders-api', /^x{53}-orders-api$/],
  ['a long function cut, with a digest', 'shop', `${long}-api`, /^x{55}-[\da-f]{8}$/],
])('%s', (_title, name, functionName, expected) => expect(cloudFunctionName({ name }, functionName)).toMatch(expected));

test('long functions that begin alike stay apart', () => {
  expect(cloudFunctionName({ name: 'shop' }, `${long}-api`)).not.toBe(cloudFunctionName({ name: 'shop' }, `${long}-ape`));
});
