/** A whole, small monolith: one service of two routes over one table. */
export const bookshop: Readonly<Record<string, string>> = {
  'package.json':
    '{\n  "name": "bookshop",\n  "scripts": { "start": "node src/server.ts" },\n  "dependencies": { "express": "4.18.0", "pg": "8.11.0" }\n}\n',
  'tsconfig.json': '{ "compilerOptions": { "strict": true } }\n',
  'src/server.ts': `import express from 'express';
import { books } from './books.ts';
const app = express();
app.use('/books', books);
app.listen(3000);
`,
  'src/books.ts': `import { Router } from 'express';
import pg from 'pg';
export const books = Router();
const pool = new pg.Pool();
books.get('/', async (_request, response) => {
  response.json((await pool.query('select * from books')).rows);
});
books.post('/', async (request, response) => {
  await pool.query('insert into books (title) values ($1)', [request.body.title]);
  response.status(201).end();
});
`,
};
