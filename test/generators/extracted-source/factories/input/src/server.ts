import { createServer } from 'http';
import { WebSocketServer } from 'ws';
import { createApp } from './app';
import { Database } from './database';

async function main() {
  const database = new Database();
  await database.connect();
  const app = createApp(database);
  const server = createServer(app);
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', () => undefined);
  await new Promise<void>((resolve) => server.listen(process.env.PORT, resolve));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
