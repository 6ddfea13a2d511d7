import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** A port nobody listens on now; it is free again when this returns, so take it soon. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server, 0);
  server.close();
  await once(server, 'close');
  return port;
}

/** Listens on 127.0.0.1 only; rejects when the port is taken. */
export async function listenOnLoopback(server: Server, port: number, host: '127.0.0.1' | '::1' = '127.0.0.1'): Promise<number> {
  server.listen({ port, host });
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
