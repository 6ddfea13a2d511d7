import { expect, test } from 'vitest';
import { type EventSource, toHttpApiEvent } from '../../src/serve/http-api-event.ts';
import { route } from './support.ts';

const source: EventSource = {
  method: 'POST',
  url: '/Books/le%20petit%20prince/notes?tag=a&tag=b%20c&empty=',
  protocol: 'HTTP/1.1',
  headers: [
    ['Host', 'shop.example.com:3000'],
    ['Content-Type', 'application/json; charset=utf-8'],
    ['Accept', 'text/html'],
    ['accept', 'application/json'],
    ['Cookie', 'sid=1; theme=dark'],
    ['Connection', 'keep-alive, X-Hop'],
    ['X-Hop', 'gone'],
    ['Transfer-Encoding', 'chunked'],
    ['User-Agent', 'reader/1.0'],
  ],
  body: Buffer.from('{"text":"é"}'),
  sourceIp: '127.0.0.1',
  match: { route: route(0, 'POST /books/{id}/notes'), parameters: { id: 'le petit prince' } },
  requestId: 'request-1',
  at: new Date(Date.UTC(2020, 2, 12, 19, 3, 58, 7)),
};

test('an event has exactly the documented members of payload format 2.0', () => {
  expect(toHttpApiEvent(source)).toStrictEqual({
    version: '2.0',
    routeKey: 'POST /books/{id}/notes',
    rawPath: '/Books/le petit prince/notes',
    rawQueryString: 'tag=a&tag=b%20c&empty=',
    cookies: ['sid=1', 'theme=dark'],
    headers: {
      host: 'shop.example.com:3000',
      'content-type': 'application/json; charset=utf-8',
      accept: 'text/html,application/json',
      'user-agent': 'reader/1.0',
    },
    queryStringParameters: { tag: 'a,b c', empty: '' },
    pathParameters: { id: 'le petit prince' },
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: 'shop.example.com:3000',
      domainPrefix: 'shop',
      http: {
        method: 'POST',
        path: '/Books/le petit prince/notes',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'reader/1.0',
      },
      requestId: 'request-1',
      routeKey: 'POST /books/{id}/notes',
      stage: '$default',
      time: '12/Mar/2020:19:03:58 +0000',
      timeEpoch: Date.UTC(2020, 2, 12, 19, 3, 58, 7),
    },
    body: '{"text":"é"}',
    isBase64Encoded: false,
  });
});

test('what a request lacks is left out of its event', () => {
  const event = toHttpApiEvent({
    ...source,
    url: '/books',
    headers: [['host', 'localhost:3000']],
    body: Buffer.alloc(0),
    match: { route: route(0, 'ALL /books'), parameters: {} },
  });
  expect(Object.keys(event)).toEqual(['version', 'routeKey', 'rawPath', 'rawQueryString', 'headers', 'requestContext', 'isBase64Encoded']);
  expect(event.routeKey).toBe('ANY /books');
});

test.each([
  ['application/json', 'text', false],
  ['application/vnd.api+json; charset=utf-8', 'text', false],
  ['text/plain', 'text', false],
  ['application/x-www-form-urlencoded', 'text', true],
  ['multipart/form-data; boundary=x', 'text', true],
  ['application/octet-stream', 'text', true],
  ['text/plain', 'bytes', true],
  ['', 'text', true],
])('a body of %s (%s) is base64: %s', (type, kind, expected) => {
  const body = kind === 'text' ? Buffer.from('page=1') : Buffer.from([0xff, 0xfe, 0x00]);
  const event = toHttpApiEvent({ ...source, headers: type === '' ? [] : [['content-type', type]], body });
  expect(event.isBase64Encoded).toBe(expected);
  expect(Buffer.from(event.body ?? '', expected ? 'base64' : 'utf8')).toEqual(body);
});
