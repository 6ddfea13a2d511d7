import { createServer } from 'http';
import { createApp } from './app';
import { Database } from './database';
import { provideApplication } from './banyan/application';

async function main() {
  const database = new Database();
  await database.connect();
  const app = createApp(database);
  const server = createServer(app);
  await new Promise<void>((resolve) => provideApplication(server, resolve));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
