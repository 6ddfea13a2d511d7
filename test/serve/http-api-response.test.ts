import { expect, test } from 'vitest';
import { toGatewayResponse } from '../../src/serve/http-api-response.ts';

const answer = (value: unknown) => {
  const { body, ...rest } = toGatewayResponse({ kind: 'success', payload: JSON.stringify(value) });
  return { ...rest, text: body.toString() };
};

test.each([
  ['an object without a status is a JSON body', { title: 'Emma' }, [200, 'application/json', '{"title":"Emma"}']],
  ['a string stands for itself', 'Emma', [200, 'application/json', 'Emma']],
  ['a body without a type is text', { statusCode: 201, body: 'made' }, [201, 'text/plain;charset=UTF-8', 'made']],
  [
    'base64 is decoded',
    { statusCode: 200, body: 'RW1tYQ==', isBase64Encoded: true, headers: { 'Content-Type': 'x/y' } },
    [200, 'x/y', 'Emma'],
  ],
  ['an empty body needs no type', { statusCode: 204 }, [204, undefined, '']],
  ['a status that is no number is an error', { statusCode: 'fine' }, [500, 'application/json', '{"message":"Internal Server Error"}']],
  ['a body that is no text is an error', { statusCode: 200, body: {} }, [500, 'application/json', '{"message":"Internal Server Error"}']],
])('%s', (_title, value, expected) => {
  const { status, headers, text } = answer(value);
  expect([status, headers.find(([name]) => name === 'content-type')?.[1], text]).toEqual(expected);
});

test('cookies become lines of their own, connection headers go, and the proof is taken out', () => {
  const { headers, handler } = answer({
    statusCode: 200,
    headers: { Vary: ['Accept', 'Origin'], Connection: 'close', 'X-Banyan-Handler': 'GET /:id', 'X-Count': 3 },
    cookies: ['sid=1; HttpOnly', 'theme=dark'],
  });
  expect(headers).toEqual([
    ['vary', 'Accept,Origin'],
    ['x-count', '3'],
    ['set-cookie', 'sid=1; HttpOnly'],
    ['set-cookie', 'theme=dark'],
  ]);
  expect(handler).toBe('GET /:id');
});
