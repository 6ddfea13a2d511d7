import { describe, expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../../../analyzers/http-routes/index.ts';
import type { RouteFact, Shape } from '../../../../src/model/fact.ts';
import { nameOf } from '../../../../src/model/ids.ts';
import { analyzeTraced, traceOf } from '../../../support/trace.ts';

const routeOf = (code: string, more: Readonly<Record<string, string>> = {}): RouteFact | undefined => {
  const main = `import express from 'express'; const app = express(); const list = (req, res) => res.json([]);\n${code}\napp.listen(1);`;
  const traced = traceOf({ files: { 'src/main.ts': main, ...more } }, { entries: ['src/main.ts'] });
  return analyzeTraced(traced, httpRouteAnalyzers).value.find((fact): fact is RouteFact => fact.kind === 'route');
};

const authenticationOf = (code: string): string => {
  const told = routeOf(code)?.authentication;
  return told === undefined ? '' : `${told.scheme} by ${told.by}`;
};

describe('authentication by packages', () => {
  test.each<[string, string, string]>([
    [
      'a strategy',
      `import passport from 'passport'; app.get('/', passport.authenticate('jwt', { session: false }), list);`,
      'bearer by passport.authenticate()',
    ],
    [
      'another',
      `import passport from 'passport'; app.get('/', passport.authenticate('google'), list);`,
      'oauth by passport.authenticate("google")',
    ],
    [
      'a login',
      `import passport from 'passport'; app.post('/', passport.authenticate('local'), list);`,
      'unknown by passport.authenticate("local")',
    ],
    [
      'a strategy under a name of its own',
      `import passport from 'passport'; import { BasicStrategy } from 'passport-http'; passport.use('staff', new BasicStrategy(check)); app.get('/', passport.authenticate('staff'), list);`,
      'basic by passport.authenticate("staff")',
    ],
    ['what only prepares', `import passport from 'passport'; app.use(passport.initialize()); app.get('/', list);`, ''],
    [
      'express-jwt',
      `import { expressjwt } from 'express-jwt'; app.get('/', expressjwt({ secret: 's' }), list);`,
      'bearer by express-jwt.expressjwt()',
    ],
    [
      'express-jwt for who wants',
      `import { expressjwt } from 'express-jwt'; app.get('/', expressjwt({ credentialsRequired: false }), list);`,
      '',
    ],
    [
      'exempt paths',
      `import jwt from 'express-jwt'; app.use(jwt({ secret: 's' }).unless({ path: ['/ping'] })); app.get('/ping', list);`,
      '',
    ],
    [
      'paths that are not',
      `import jwt from 'express-jwt'; app.use(jwt({ secret: 's' }).unless({ path: ['/ping'] })); app.get('/', list);`,
      'bearer by express-jwt.unless()',
    ],
    [
      'under a condition',
      `import { expressjwt } from 'express-jwt'; if (process.env.SAFE) app.use(expressjwt({})); app.get('/', list);`,
      '',
    ],
    ['basic', `import basic from 'express-basic-auth'; app.get('/', basic({ users: {} }), list);`, 'basic by express-basic-auth()'],
    ['after the route', `import basic from 'express-basic-auth'; app.get('/', list); app.use(basic({ users: {} }));`, ''],
  ])('%s', (_title, code, expected) => expect(authenticationOf(code)).toBe(expected));
});

describe('authentication by what own code does', () => {
  test.each<[string, string, string]>([
    [
      'a session that a condition asks for',
      `function need(req, res, next) { if (!req.session.userId) return res.status(401).end(); next(); } app.get('/', need, list);`,
      'session by need',
    ],
    [
      'a user that earlier code put there',
      `function need(req, res, next) { if (req.user == null) { res.sendStatus(401); } else next(); } app.get('/', need, list);`,
      'unknown by need',
    ],
    [
      'an error that stands for it',
      `class UnauthorizedError extends Error {} function need(req, res, next) { if (!req.session?.user) throw new UnauthorizedError(); next(); } app.get('/', need, list);`,
      'session by need',
    ],
    [
      'a role',
      `const role = (name) => (req, res, next) => { if (req.user.role !== name) return next(new ForbiddenError()); next(); }; class ForbiddenError extends Error {} app.get('/', role('staff'), list);`,
      'unknown by role()',
    ],
    [
      'a forged request',
      `function need(req, res, next) { if (req.session.csrf !== req.get('x-csrf-token')) return res.status(403).end(); next(); } app.get('/', need, list);`,
      '',
    ],
    [
      'a handler that asks itself',
      `app.get('/', function books(req, res) { if (!req.session.userId) return res.status(401).end(); res.json([]); });`,
      'session by the handler',
    ],
    [
      'a handler in which both are asked for',
      `app.get('/', function books(req, res) { if (!req.session || !req.session.user) { res.sendStatus(401); return; } res.json([]); });`,
      'session by the handler',
    ],
    [
      'a handler that refuses a password',
      `app.post('/', function login(req, res) { if (req.body.password !== 'x') return res.status(401).end(); req.session.user = 1; res.end(); });`,
      '',
    ],
    [
      'a handler that refuses a form without a name',
      `app.post('/', function login(req, res) { if (!req.body.user || !req.query.auth) return res.status(401).end(); res.end(); });`,
      '',
    ],
    [
      'guests only',
      `function guest(req, res, next) { if (req.session.userId) return res.status(403).end(); next(); } app.get('/', guest, list);`,
      '',
    ],
    [
      'guests only, in other words',
      `function guest(req, res, next) { if (!req.user) next(); else next(new ForbiddenError()); } class ForbiddenError extends Error {} app.get('/', guest, list);`,
      '',
    ],
    [
      'who is signed in, else a refusal',
      `function need(req, res, next) { if (req.user) return next(); return res.status(401).end(); } app.get('/', need, list);`,
      'unknown by need',
    ],
    [
      'who is signed in and not shut out',
      `function need(req, res, next) { if (req.user.isBlocked) return res.status(403).end(); next(); } app.get('/', need, list);`,
      'unknown by need',
    ],
    [
      'a form without a name',
      `function filled(req, res, next) { if (!req.body.user) return res.status(403).end(); next(); } app.post('/', filled, list);`,
      '',
    ],
    [
      'a handler that refuses what belongs to another',
      `app.get('/', async function one(req, res) { const book = await load(req.params.id); if (!book.user) return res.status(403).end(); res.json(book); }); const load = async (id) => ({ id });`,
      '',
    ],
    [
      'verifies a token',
      `import jwt from 'jsonwebtoken'; const reader = (req, res, next) => { req.user = jwt.verify(req.headers.authorization, 's'); next(); }; app.get('/', reader, list);`,
      'bearer by reader',
    ],
    [
      'has it verified',
      `import { verify } from 'jsonwebtoken'; const check = (token) => verify(token, 's'); function reader(req, res, next) { check(req.cookies.token); next(); } app.use(reader); app.get('/', list);`,
      'bearer by reader',
    ],
    [
      'hands over to passport',
      `import passport from 'passport'; const reader = (role) => (req, res, next) => { passport.authenticate('jwt', done(role))(req, res, next); }; app.get('/', reader('author'), list);`,
      'bearer by reader()',
    ],
    [
      'asks passport',
      `const reader = (req, res, next) => { if (req.isAuthenticated()) return next(); res.status(401).end(); }; app.get('/', reader, list);`,
      'session by reader',
    ],
    [
      'reads the session and refuses',
      `const reader = (req, res, next) => { const { user } = req.session; if (!user) return res.sendStatus(401); next(); }; app.get('/', reader, list);`,
      'session by reader',
    ],
    [
      'reads a key and refuses',
      `const reader = (req, res, next) => { const key = req.get('x-api-key'); if (key !== 'k') throw new ForbiddenError(); next(); }; app.get('/', reader, list);`,
      'api-key by reader',
    ],
    [
      'takes the header by a pattern and refuses by a status among options',
      `const tokenOf = ({ authorization }) => { if (!authorization) throw new RequestError({ code: 'missing', status: 401 }); return authorization; }; const reader = (req, res, next) => { req.token = tokenOf(req.headers); next(); }; app.get('/', reader, list);`,
      'bearer by reader',
    ],
    [
      'reads the session only',
      `const count = (req, res, next) => { const { visits } = req.session; next(); }; app.get('/', count, list);`,
      '',
    ],
    ['has a name that sounds so', `const requireAuth = (req, res, next) => next(); app.get('/', requireAuth, list);`, ''],
    [
      'chooses by the path',
      `import jwt from 'jsonwebtoken'; app.use((req, res, next) => { const path = req.path; if (path !== '/') jwt.verify(req.headers.authorization, 's'); next(); }); app.get('/', list);`,
      '',
    ],
  ])('%s', (_title, code, expected) => expect(authenticationOf(code)).toBe(expected));
});

const shown = (shape: Shape): string =>
  shape.kind === 'type'
    ? `${nameOf(shape.symbol)}${shape.isList === true ? '[]' : ''}`
    : `${shape.library}${shape.symbol === undefined ? '' : ` ${nameOf(shape.symbol)}`}`;

const shapesOf = (code: string, more?: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const { responses, ...parts } = routeOf(code, more)?.shapes ?? {};
  return Object.fromEntries([
    ...Object.entries(parts).map(([part, shape]) => [part, shown(shape)]),
    ...Object.entries(responses ?? {}).map(([status, shape]) => [status, shown(shape)]),
  ]);
};

describe('shapes', () => {
  test.each<[string, string, Readonly<Record<string, string>>]>([
    [
      'celebrate',
      `import { celebrate, Joi, Segments } from 'celebrate'; app.post('/', celebrate({ [Segments.BODY]: Joi.object({}), [Segments.QUERY]: Joi.object({}) }), list);`,
      { body: 'joi', query: 'joi' },
    ],
    [
      'express-validator',
      `import { body, param } from 'express-validator'; app.post('/:id', [param('id'), body('title').isString()], list);`,
      { parameters: 'express-validator', body: 'express-validator' },
    ],
    [
      'own middleware made with a schema',
      `import { z } from 'zod'; const validate = (schema) => (req, res, next) => { req.body = schema.parse(req.body); next(); }; app.post('/', validate(z.object({})), list);`,
      { body: 'zod' },
    ],
    [
      'made with a schema and the part',
      `import Joi from 'joi'; const validate = (schema, part) => (req, res, next) => { schema.validate(req[part]); next(); }; app.get('/', validate(Joi.object({}), 'query'), list);`,
      { query: 'joi' },
    ],
    [
      'made with a schema of all parts',
      `import { z } from 'zod'; const validate = (schema) => (req, res, next) => { schema.parse({ body: req.body, query: req.query }); next(); }; app.post('/', validate(z.object({ body: z.object({}) })), list);`,
      { body: 'zod' },
    ],
    [
      'made with a class',
      `import { validate } from 'class-validator'; class NewBook {} const check = (type) => async (req, res, next) => { await validate(Object.assign(new type(), req.body)); next(); }; app.post('/', check(NewBook), list);`,
      { body: 'NewBook' },
    ],
    [
      'made with a class for something else',
      `class Shelf {} const use = (type) => (req, res, next) => { new type(req.body); next(); }; app.post('/', use(Shelf), list);`,
      {},
    ],
    [
      'a handler that parses',
      `import { z } from 'zod'; const newBook = z.object({}); app.post('/', (req, res) => { const book = newBook.parse(req.body); res.json(book); });`,
      { body: 'zod newBook' },
    ],
    [
      'types of the request',
      `interface Key {} interface Book {} interface NewBook {} app.post('/:id', (req: express.Request<Key, Book[], NewBook>, res) => {});`,
      { parameters: 'Key', body: 'NewBook', default: 'Book[]' },
    ],
    [
      'types through an own request',
      `interface Book {} interface Wanted {} interface Asked<B, Q = unknown> extends express.Request<any, any, B, Q> {} app.post('/', (req: Asked<Book, Wanted>, res: express.Response<Book>) => {});`,
      { body: 'Book', query: 'Wanted', default: 'Book' },
    ],
    ['types of another request', `interface Book {} interface Request<B> {} app.post('/', (req: Request<Book>, res) => {});`, {}],
  ])('%s', (_title, code, expected) => expect(shapesOf(code)).toEqual(expected));

  test('what checks requests has that role', () => {
    const route = routeOf(
      `import { z } from 'zod'; import jwt from 'jsonwebtoken'; const validate = (schema) => (req, res, next) => { schema.parse(req.body); next(); };
       const reader = (req, res, next) => { jwt.verify(req.token, 's'); next(); }; app.post('/', reader, validate(z.object({})), list);`,
    );
    expect(route?.chain.map(({ role }) => role)).toEqual(['authentication', 'validation', 'handler']);
  });
});
