import express from 'express';
import type { Database } from './database';
import { createMemberRouter } from './member.router';

export function createApp(database: Database) {
  const app = express();
  const members = createMemberRouter(database);
  app.use('/members', members);
  return app;
}
