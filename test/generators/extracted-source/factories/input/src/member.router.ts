import { Router } from 'express';
import type { Database } from './database';
import { MemberService } from '@/member.service';

export function createMemberRouter(database: Database) {
  const router = Router();
  const service = new MemberService(database);
  router
    .route('/:id')
    .get((_request, response) => response.json(service.find()))
    .delete((_request, response) => response.json(service.remove()));
  router.use((_request, _response, next) => next());
  return router;
}
