import { Router } from 'express';
import { BookService } from './book.service';

export const bookRoutes = Router();
const service = new BookService();

/** All books. */
bookRoutes.get('/', (_request, response) => response.json(service.list()));
