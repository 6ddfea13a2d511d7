import { Router } from 'express';
import { BookService, type Book } from './book.service';

export const bookRoutes = Router();
const service = new BookService();

/** All books. */
bookRoutes.get('/', (_request, response) => response.json(service.list()));

/** Adds one. */
bookRoutes.post('/', (request, response) => response.json(service.add(request.body as Book)));
