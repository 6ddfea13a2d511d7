import { toRouteId } from '../../../src/model/ids.ts';
import type { Exchange } from '../../../src/serve/exchange.ts';

/** An exchange of the bookshop: `GET /books/7`, answered with JSON unless the body is a text or bytes. */
export function exchange(request: string, body: unknown = {}, changes: Partial<Exchange> & { readonly routeId?: string } = {}): Exchange {
  const [method = 'GET', url = '/'] = request.split(' ');
  const { routeId, ...rest } = changes;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    index: 0,
    method,
    url,
    ...(routeId === undefined ? {} : { route: toRouteId(...(routeId.split(' ') as [string, string])) }),
    requestBody: '',
    credentials: [],
    servedBy: 'monolith',
    status: 200,
    headers: [['content-type', typeof body === 'string' ? 'text/plain' : 'application/json']],
    body: bytes,
    complete: true,
    ...rest,
  };
}

/** Numbers exchanges in the order given. */
export const inOrder = (exchanges: readonly Exchange[]): Exchange[] => exchanges.map((one, index) => ({ ...one, index }));
