import { Router } from 'express';
import type { Database } from './database';

export function createLoanRouter({ database }: { database: Database }) {
  const router = Router();
  router.get('/', (_request, response) => response.json(database.query('select 1')));
  return router;
}
