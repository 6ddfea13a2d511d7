import * as express from 'express';
import type { Database } from './database';
import { createLoanRouter } from './loan.router';
import { createMemberRouter } from './member.router';

export function createApp(database: Database) {
  const app = express();
  const members = createMemberRouter(database);
  const loans = createLoanRouter({ database });
  app.use('/members', members).use('/loans', loans);
  return app;
}
