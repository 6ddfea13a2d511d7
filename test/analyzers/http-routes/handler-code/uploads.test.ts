import { expect, test } from 'vitest';
import { analyzeRoutes } from '../../../support/http-routes.ts';

/** `POST /covers: upload busboy(), handler save`. */
const told = (code: string): readonly string[] =>
  analyzeRoutes({ 'src/main.ts': `import express from 'express'; const app = express();\n${code}\napp.listen(1);` }).routes.map(
    ({ id, chain }) => `${id}: ${chain.map(({ role, name }) => `${role} ${name}`).join(', ')}`,
  );

test.each<[string, string, readonly string[]]>([
  [
    'busboy in a handler',
    `import busboy from 'busboy'; const save = (req, res) => { const parser = busboy({ headers: req.headers }); req.pipe(parser); }; app.post('/covers', save);`,
    ['POST /covers: upload busboy(), handler save'],
  ],
  [
    'busboy of versions before 1, and of Fastify',
    `import Busboy from '@fastify/busboy'; const save = (req, res) => { req.pipe(new Busboy({ headers: req.headers })); }; app.post('/covers', save);`,
    ['POST /covers: upload @fastify/busboy(), handler save'],
  ],
  [
    'a function that the handler calls',
    `import { Busboy } from '@fastify/busboy'; const filesOf = (req) => new Promise((done) => { req.pipe(new Busboy({ headers: req.headers })); }); const save = async (req, res) => { await filesOf(req); res.end(); }; app.post('/covers', save);`,
    ['POST /covers: upload @fastify/busboy(), handler save'],
  ],
  [
    'middleware of its own',
    `import busboy from 'busboy'; const files = (req, res, next) => { req.pipe(busboy({ headers: req.headers })); }; const save = (req, res) => res.end(); app.post('/covers', files, save);`,
    ['POST /covers: upload files, handler save'],
  ],
  [
    'formidable',
    `import formidable from 'formidable'; const save = async (req, res) => { const form = formidable({}); await form.parse(req); res.end(); }; app.post('/covers', save);`,
    ['POST /covers: upload formidable(), handler save'],
  ],
  [
    'a form that start-up makes',
    `import { IncomingForm } from 'formidable'; const form = new IncomingForm(); const save = (req, res) => { form.parse(req, () => res.end()); }; app.post('/covers', save);`,
    ['POST /covers: upload formidable(), handler save'],
  ],
  [
    'multer that the handler calls',
    `import multer from 'multer'; const upload = multer(); const save = (req, res) => { upload.single('cover')(req, res, () => res.end()); }; app.post('/covers', save);`,
    ['POST /covers: upload multer(), handler save'],
  ],
  [
    'middleware of a package, once',
    `import multer from 'multer'; const upload = multer(); const save = (req, res) => res.end(); app.post('/covers', upload.single('cover'), save);`,
    ['POST /covers: upload multer.single("cover"), handler save'],
  ],
  [
    'a route beside it',
    `import busboy from 'busboy'; const list = (req, res) => res.json([]); function routes() { app.get('/covers', list); app.post('/covers', (req, res) => { req.pipe(busboy({ headers: req.headers })); }); } routes();`,
    ['GET /covers: handler list', 'POST /covers: upload busboy(), handler routes.<function 2:137>'],
  ],
  [
    'other exports',
    `import { errors } from 'formidable'; const save = (req, res) => { errors.report(req); res.end(); }; app.post('/covers', save);`,
    ['POST /covers: handler save'],
  ],
])('%s', (_title, code, expected) => expect(told(code)).toEqual(expected));
