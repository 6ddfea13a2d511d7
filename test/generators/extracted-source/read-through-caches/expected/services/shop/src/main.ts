import express from 'express';
import { authorOf } from './authors';
import { bookCache } from './book-cache';
import { load } from './load';
import { visit } from './visits';
import { provideApplication } from './banyan/application';

const app = express();

app.get('/books/:id', async (request, response) => {
  const { id } = request.params;
  visit(id);
  const cached = bookCache.get(id);
  if (cached) return response.json(cached);
  const book = await load('books', id);
  bookCache.set(id, book);
  return response.json({ ...book, author: await authorOf(book.author) });
});

provideApplication(app);
