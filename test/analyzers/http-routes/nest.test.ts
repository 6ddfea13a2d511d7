import { expect, test } from 'vitest';
import { httpRouteAnalyzers } from '../../../analyzers/http-routes/index.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { RouteFact } from '../../../src/model/fact.ts';
import { nameOf } from '../../../src/model/ids.ts';
import { analyzeTraced, traceOf } from '../../support/trace.ts';

const IMPORTS = `import { All, applyDecorators, mixin, HttpStatus, Body, Catch, Controller, Delete, Get, Global, Headers, Injectable, Module, Param, ParseIntPipe, Patch, Post, Put, Query, RequestMethod, Res, SetMetadata, Sse, UseFilters, UseGuards, UseInterceptors, UsePipes, ValidationPipe, Version, VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory, Reflector, RouterModule } from '@nestjs/core';
import { ConfigModule, ConfigService, registerAs } from '@nestjs/config';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { FileInterceptor } from '@nestjs/platform-express';
import { GraphQLModule } from '@nestjs/graphql';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiResponse, SwaggerModule } from '@nestjs/swagger';
`;

interface Case {
  readonly code: string;
  /** What `AppModule` says of itself; by default it lists the controller `Books`. */
  readonly module?: string;
  readonly set?: string;
}

function analyse({ code, module = 'controllers: [Books]', set = '' }: Case) {
  const app = `@Module({ ${module} }) export class AppModule {}`;
  const start = `async function start() { const app = await NestFactory.create(AppModule);\n${set}\nawait app.listen(3000); }\nvoid start();`;
  const files = { 'src/main.ts': [IMPORTS, code, /class AppModule/.test(code) ? '' : app, start].join('\n') };
  const { value, diagnostics } = analyzeTraced(traceOf({ files }, { entries: ['src/main.ts'] }), httpRouteAnalyzers);
  return { routes: value.filter((fact): fact is RouteFact => fact.kind === 'route'), diagnostics };
}

const ids = (given: Case): readonly string[] =>
  analyse(given)
    .routes.map(({ id }) => id)
    .sort();
const codes = (found: readonly Diagnostic[]): readonly string[] => found.map(({ code }) => code);
const books = (decorator: string, members: string): string => `${decorator} class Books { ${members} }`;

test.each<[string, Case, readonly string[]]>([
  [
    'every method, and paths of controller and method',
    {
      code: books(
        `@Controller('books')`,
        `@Get() all() {} @Get(':id') one() {} @Post('/') add() {} @Put(':id') set() {} @Patch(':id') change() {} @Delete(':id') drop() {} @All('any') any() {} @Sse('news') news() {} helper() {}`,
      ),
    },
    [
      'ALL /books/any',
      'DELETE /books/{id}',
      'GET /books',
      'GET /books/news',
      'GET /books/{id}',
      'PATCH /books/{id}',
      'POST /books',
      'PUT /books/{id}',
    ],
  ],
  [
    'lists of paths, options, and wildcards of both spellings',
    {
      code: books(
        `@Controller({ path: ['books', 'titles'] })`,
        `@Get(['a', 'b']) all() {} @Post('files/*path') add() {} @Put('old/*') old() {}`,
      ),
    },
    [
      ...['GET /books/a', 'GET /books/b', 'GET /titles/a', 'GET /titles/b'],
      ...['POST /books/files/{path+}', 'POST /titles/files/{path+}', 'PUT /books/old/*', 'PUT /titles/old/*'],
    ],
  ],
  [
    'what a base class has, unless it is overridden',
    {
      code: `abstract class Crud { @Get() all() {} @Get(':id') one() {} @Delete(':id') drop() {} }\n@Controller('books') class Books extends Crud { drop() {} @Get('best') best() {} }`,
    },
    ['GET /books', 'GET /books/best', 'GET /books/{id}'],
  ],
  [
    'controllers that a function makes',
    {
      code: `function CrudController(path: string) { @Controller(path) class Made { @Get() all() {} } return Made; }\nclass Books extends CrudController('books') {}\nclass Authors extends CrudController('authors') {}`,
      module: 'controllers: [Books, Authors]',
    },
    ['GET /authors', 'GET /books'],
  ],
  [
    'composed decorators',
    {
      code: `const List = (path: string) => applyDecorators(Get(path), SetMetadata('cached', true));\n${books(`@Controller('books')`, `@List('all') all() {}`)}`,
    },
    ['GET /books/all'],
  ],
  [
    'a global prefix, with exclusions by path and by method',
    {
      code: books(
        '@Controller()',
        `@Get('health') health() {} @Post('health') report() {} @Get('books') all() {} @Get('docs/x/y') docs() {}`,
      ),
      set: `app.setGlobalPrefix('/api/', { exclude: [{ path: 'health', method: RequestMethod.GET }, 'docs/(.*)'] });`,
    },
    ['GET /api/books', 'GET /docs/x/y', 'GET /health', 'POST /api/health'],
  ],
  [
    'versions in the path: of the method, of the controller, the default, several, none',
    {
      code: `${books(`@Controller({ path: 'books', version: ['1', '2'] })`, `@Get() all() {} @Version('3') @Get('new') recent() {} @Version(VERSION_NEUTRAL) @Get('old') old() {}`)}\n@Controller('authors') class Authors { @Get() all() {} }`,
      module: 'controllers: [Books, Authors]',
      set: `app.setGlobalPrefix('api'); app.enableVersioning({ type: VersioningType.URI, defaultVersion: '5' });`,
    },
    ['GET /api/books/old', 'GET /api/v1/books', 'GET /api/v2/books', 'GET /api/v3/books/new', 'GET /api/v5/authors'],
  ],
  [
    'versions by a prefix of its own, and none where versioning is off',
    {
      code: books(`@Controller({ path: 'books', version: '1' })`, `@Get() all() {}`),
      set: `app.enableVersioning({ type: VersioningType.URI, prefix: 'version-' });`,
    },
    ['GET /version-1/books'],
  ],
  ['versions that nobody enabled', { code: books(`@Controller({ path: 'books', version: '1' })`, `@Get() all() {}`) }, ['GET /books']],
  [
    'paths of modules, children below parents',
    {
      code: `${books(`@Controller('books')`, `@Get() all() {}`)}\n@Module({ controllers: [Books] }) class BooksModule {}\n@Controller('users') class Users { @Get() all() {} }\n@Module({ controllers: [Users] }) class AdminModule {}`,
      module: `imports: [BooksModule, AdminModule, RouterModule.register([{ path: 'admin', module: AdminModule, children: [{ path: 'shop', module: BooksModule }] }])]`,
      set: `app.setGlobalPrefix('api');`,
    },
    ['GET /api/admin/shop/books', 'GET /api/admin/users'],
  ],
  [
    'dynamic modules, and nothing of modules that nobody imports',
    {
      code: `${books(`@Controller('books')`, `@Get() all() {}`)}\n@Controller('lost') class Lost { @Get() all() {} }\n@Module({ controllers: [Lost] }) class LostModule {}\n@Module({}) class Dynamic { static register() { return { module: Dynamic, controllers: [Books] }; } }`,
      module: 'imports: [Dynamic.register()]',
    },
    ['GET /books'],
  ],
  [
    'routes of the server below, where it is one of Express',
    {
      code: books(`@Controller('books')`, `@Get() all() {}`),
      set: `const server = app.getHttpAdapter().getInstance(); server.set('trust proxy', 1); server.get('/ping', (req: any, res: any) => res.end());`,
    },
    ['GET /books', 'GET /ping'],
  ],
  [
    'a prefix from settings',
    {
      code: `const appConfig = registerAs('app', () => ({ prefix: process.env.API_PREFIX || 'api' }));\n${books(`@Controller('books')`, `@Get() all() {}`)}`,
      module: 'imports: [ConfigModule.forRoot({ load: [appConfig] })], controllers: [Books]',
      set: `app.setGlobalPrefix(app.get(ConfigService).getOrThrow('app.prefix', { infer: true }));`,
    },
    ['GET /api/books'],
  ],
  [
    'the endpoint of GraphQL',
    {
      code: books(`@Controller('books')`, `@Get() all() {}`),
      module: `imports: [GraphQLModule.forRoot({ path: '/graph' })], controllers: [Books]`,
    },
    ['GET /books', 'POST /graph'],
  ],
  [
    'the endpoint of GraphQL where a factory says',
    {
      code: `@Injectable() class Settings { path = 'shop-api'; }\n${books(`@Controller('books')`, '')}`,
      module: `imports: [GraphQLModule.forRootAsync({ inject: [Settings], useFactory: async (settings: Settings) => ({ path: '/' + settings.path, useGlobalPrefix: true }) })], providers: [Settings]`,
      set: `app.setGlobalPrefix('api');`,
    },
    ['POST /api/shop-api'],
  ],
])('Nest answers %s', (_title, given, expected) => expect(ids(given)).toEqual(expected));

test('what runs around a handler stands in the order in which Nest runs it', () => {
  const { routes } = analyse({
    code: `const logged = (req: unknown, res: unknown, next: () => void) => next();
@Injectable() class Trace { use(req: unknown, res: unknown, next: () => void) { next(); } }
@Injectable() class Roles { canActivate() { return true; } }
@Injectable() class Owner { canActivate() { return true; } }
@Injectable() class Timing { intercept() {} }
@Catch() class Failures { catch() {} }
@Catch() class Missing { catch() {} }
@Controller('books') @UseGuards(Roles) @UseFilters(Missing) class Books {
  @UseInterceptors(Timing) @UseGuards(Owner) @Get(':id') one(@Param('id', ParseIntPipe) id: number) {}
  @Post() add() {}
}
@Module({ controllers: [Books], providers: [{ provide: APP_FILTER, useClass: Failures }, { provide: APP_GUARD, useClass: AuthGuard('jwt') }] })
export class AppModule { configure(consumer: any) { consumer.apply(Trace).exclude({ path: 'books', method: RequestMethod.POST }).forRoutes('*'); } }`,
    set: 'app.useGlobalPipes(new ValidationPipe()); app.use(logged);',
  });
  const chain = (id: string) => routes.find((route) => route.id === id)?.chain.map(({ role, name }) => `${role} ${name}`);
  expect(chain('GET /books/{id}')).toEqual([
    'middleware logged',
    'middleware Trace',
    'guard AuthGuard("jwt")',
    'guard Roles',
    'guard Owner',
    'interceptor Timing',
    'validation ValidationPipe()',
    'validation ParseIntPipe',
    'handler Books.one',
    'error-handler Missing',
    'error-handler Failures',
  ]);
  expect(chain('POST /books')).toEqual([
    'middleware logged',
    'guard AuthGuard("jwt")',
    'guard Roles',
    'validation ValidationPipe()',
    'handler Books.add',
    'error-handler Missing',
    'error-handler Failures',
  ]);
  const [trace] = routes.flatMap((route) => route.chain.filter(({ name }) => name === 'Trace'));
  expect(trace?.symbol).toBe('src/main.ts#Trace.use');
  expect(trace?.closure).toBeDefined();
});

test('what start-up code asks of Nest itself is part of the chain, with its conditions', () => {
  const code = `${books(`@Controller('books')`, `@Get() all() {}`)} @Module({ controllers: [Books] }) export class AppModule {}
function logged() {}
async function main() {
  const app = await NestFactory.create(AppModule, { cors: true });
  app.useStaticAssets('covers');
  if (process.env.OPEN) app.enableCors();
  if (process.env.CHECKED) app.useGlobalPipes(new ValidationPipe());
  app.use(logged);
  await app.listen(1);
}
void main();`;
  const chain = analyse({ code }).routes[0]?.chain.map(({ role, name, guards = [] }) => [role, name, ...guards].join(' '));
  expect(chain).toEqual([
    'static useStaticAssets("covers")',
    'middleware enableCors() process.env.OPEN',
    'middleware logged',
    'middleware cors',
    'validation ValidationPipe() process.env.CHECKED',
    'handler Books.all',
  ]);
  const plain = analyse({ code: code.replace('cors: true', 'cors: false') }).routes[0]?.chain ?? [];
  expect(plain.filter(({ name }) => name === 'enableCors()' || name === 'cors')).toHaveLength(1);
});

test('static files of Fastify stand only before what is below their prefix', () => {
  const { routes } = analyse({
    code: "@Controller('books') class Books { @Get() all() {} }",
    module: 'controllers: [Books]',
    set: "app.useStaticAssets({ root: 'public', prefix: '/public/' });",
  });
  expect(routes.flatMap(({ chain }) => chain.map(({ role }) => role))).toEqual(['handler']);
});

test('what an application enables itself stands in the chain, with the conditions of each', () => {
  const { routes } = analyse({
    code: `const logged = (req: unknown, res: unknown, next: () => void) => next();
@Injectable() class Timing { intercept() {} }
@Controller('books') class Books { @Get() all() {} }
@Module({ controllers: [Books], imports: [GraphQLModule.forRoot({})], providers: [{ provide: 'APP_INTERCEPTOR', useClass: Timing }] })
export class AppModule { configure(consumer: any) { consumer.apply(logged).forRoutes('*'); } }`,
    set: `app.useBodyParser('json', { limit: '1mb' });
if (process.env.OPEN === 'yes') app.enableCors({ origin: true }); else app.enableCors();
if (process.env.LOGGED) { app.use(logged); app.useGlobalPipes(new ValidationPipe()); }
app.useStaticAssets('public', { prefix: '/files' });`,
  });
  const chain = (id: string) =>
    routes.find((route) => route.id === id)?.chain.map(({ role, name, guards = [] }) => [role, name, ...guards].join(' '));
  const before = [
    'body-parser useBodyParser("json")',
    "middleware enableCors() process.env.OPEN === 'yes'",
    "middleware enableCors() !(process.env.OPEN === 'yes')",
    'middleware logged process.env.LOGGED',
    'middleware logged',
  ];
  expect(chain('GET /books')).toEqual([
    ...before,
    'interceptor Timing',
    'validation ValidationPipe() process.env.LOGGED',
    'handler Books.all',
  ]);
  expect(chain('POST /graphql')).toEqual([...before, 'handler GraphQLModule']);
});

test('an application that is made under a condition has its routes under that condition', () => {
  const files = {
    'src/main.ts': `${IMPORTS}@Controller('books') class Books { @Get() all() {} }
@Module({ controllers: [Books] }) class AppModule {}
async function start() { const app = await NestFactory.create(AppModule, { cors: true }); app.use(logged); await app.listen(3000); }
function logged() {}
if (process.env.SERVE) void start();`,
  };
  const { value } = analyzeTraced(traceOf({ files }, { entries: ['src/main.ts'] }), httpRouteAnalyzers);
  const [route] = value.filter((fact): fact is RouteFact => fact.kind === 'route');
  expect(route?.guards).toEqual(['process.env.SERVE']);
  expect(route?.chain.map(({ name, guards }) => [name, guards])).toEqual([
    ['logged', undefined],
    ['cors', undefined],
    ['Books.all', undefined],
  ]);
});

test('routes of modules that a condition adds say so, unless another way leads to them', () => {
  const { routes } = analyse({
    code: `@Controller('books') class Books { @Get() all() {} }
@Controller('trials') class Trials { @Get() all() {} }
@Controller('shelves') class Shelves { @Get() all() {} }
@Controller('loans') class Loans { @Get() all() {} }
@Module({ controllers: [Shelves] }) class ShelvesModule {}
@Module({ controllers: [Loans] }) class LoansModule {}
@Module({ controllers: [Trials], imports: [ShelvesModule, LoansModule] }) class TrialModule {}
const base: unknown[] = [];
if (process.env.MODE === 'test') base.push(TrialModule);
const modules = base.concat([ShelvesModule]);`,
    module: 'controllers: [Books], imports: modules',
  });
  expect(routes.map(({ id, guards }) => [id, ...guards])).toEqual([
    ['GET /books'],
    ['GET /trials', "process.env.MODE === 'test'"],
    ['GET /shelves'],
    ['GET /loans', "process.env.MODE === 'test'"],
  ]);
});

test('routes of modules that a choice adds say so', () => {
  const { routes } = analyse({
    code: `@Controller('books') class Books { @Get() all() {} }
@Controller('trials') class Trials { @Get() all() {} }
@Controller('shelves') class Shelves { @Get() all() {} }
@Controller('loans') class Loans { @Get() all() {} }
@Controller('fees') class Fees { @Get() all() {} }
@Controller('gifts') class Gifts { @Get() all() {} }
@Module({ controllers: [Trials] }) class TrialModule {}
@Module({ controllers: [Shelves] }) class ShelvesModule {}
@Module({ controllers: [Loans] }) class LoansModule {}
@Module({ controllers: [Fees] }) class FeesModule {}
@Module({ controllers: [Gifts] }) class GiftsModule {}
const documented: unknown[] = [];
if (process.env.DOCS) documented.push(ShelvesModule);
const rest = process.env.PAID ? [LoansModule, FeesModule] : [LoansModule];`,
    module:
      "controllers: [Books], imports: [ShelvesModule, ...(process.env.MODE === 'test' ? [TrialModule] : []), ...rest, process.env.GIFTS && GiftsModule]",
  });
  expect(routes.map(({ id, guards }) => [id, ...guards])).toEqual([
    ['GET /books'],
    ['GET /shelves'],
    ['GET /trials', "process.env.MODE === 'test'"],
    ['GET /loans'],
    ['GET /fees', 'process.env.PAID'],
    ['GET /gifts', 'process.env.GIFTS'],
  ]);
});

test('a module keeps its own condition where that of the module above falls', () => {
  const { routes } = analyse({
    code: `@Controller('books') class Books { @Get() all() {} }
@Controller('trials') class Trials { @Get() all() {} }
@Controller('shelves') class Shelves { @Get() all() {} }
@Module({ controllers: [Trials] }) class TrialModule {}
@Module({ controllers: [Shelves], imports: [...(process.env.TRIAL ? [TrialModule] : [])] }) class ShelvesModule {}
@Module({ imports: [ShelvesModule] }) class FirstModule {}`,
    module: 'controllers: [Books], imports: [...(process.env.FIRST ? [FirstModule] : []), ShelvesModule]',
  });
  expect(routes.map(({ id, guards }) => [id, ...guards])).toEqual([['GET /books'], ['GET /shelves'], ['GET /trials', 'process.env.TRIAL']]);
});

test('a guard that a function makes is the class that it makes', () => {
  const { routes } = analyse({
    code: `const Keys = (name: string) => { class KeyGuard extends AuthGuard(name) { canActivate() { return true; } } return mixin(KeyGuard); };
@Controller('books') class Books { @UseGuards(Keys('jwt')) @Get() all() {} }`,
  });
  expect(routes[0]?.chain.map(({ role, name }) => `${role} ${name}`)).toEqual(['guard Keys.KeyGuard', 'handler Books.all']);
  expect(routes[0]?.authentication?.scheme).toBe('bearer');
});

test('responses by the names of their statuses', () => {
  const { routes } = analyse({
    code: `class Book {} class Problem {}
@Controller('books') class Books { @ApiResponse({ status: HttpStatus.OK, type: Book }) @ApiResponse({ status: HttpStatus.NOT_FOUND, type: Problem }) @Get() one() {} }`,
  });
  expect(Object.keys(routes[0]?.shapes?.responses ?? {})).toEqual(['200', '404']);
});

test('pages that a library puts into the application are told', () => {
  const main = `${IMPORTS}@Module({}) class AppModule {}
NestFactory.create(AppModule).then((app) => { SwaggerModule.setup('docs', app, SwaggerModule.createDocument(app, {})); return app.listen(3000); });`;
  const { diagnostics } = traceOf({ files: { 'src/main.ts': main } }, { entries: ['src/main.ts'] });
  expect(diagnostics.map(({ code, data }) => [code, data])).toEqual([
    ['object-escapes', { object: 'nest.application', into: '@nestjs/swagger.SwaggerModule.setup' }],
  ]);
});

test('composed decorators apply in their own order, written ones from the last', () => {
  const { routes } = analyse({
    code: `class A {} class B {} class C {}\nconst Protected = () => applyDecorators(UseGuards(A), UseGuards(B));
@Controller('books') class Books { @UseGuards(C) @Protected() @Get() all() {} }`,
  });
  expect(routes[0]?.chain.map(({ name }) => name)).toEqual(['A', 'B', 'C', 'Books.all']);
});

test.each<[string, string, string, RouteFact['authentication']]>([
  [
    'a guard of passport',
    `@UseGuards(AuthGuard('jwt')) @Get() all() {}`,
    '',
    { scheme: 'bearer', by: 'AuthGuard("jwt")', at: expect.anything() },
  ],
  ['a guard that extends one', `@UseGuards(Keys) @Get() all() {}`, '', { scheme: 'api-key', by: 'Keys', at: expect.anything() }],
  [
    'who, rather than which program',
    `@UseGuards(Keys, JwtAuthGuard) @Get() all() {}`,
    '',
    { scheme: 'bearer', by: 'JwtAuthGuard', at: expect.anything() },
  ],
  ['documentation', `@ApiBearerAuth() @Get() all() {}`, '', { scheme: 'bearer', by: '@ApiBearerAuth()', at: expect.anything() }],
  [
    'a global guard',
    `@Get() all() {}`,
    `app.useGlobalGuards(new JwtAuthGuard());`,
    { scheme: 'bearer', by: 'JwtAuthGuard', at: expect.anything() },
  ],
  [
    'nothing where a guard is there under a condition',
    `@Get() all() {}`,
    `if (process.env.CLOSED) app.useGlobalGuards(new JwtAuthGuard());`,
    undefined,
  ],
  [
    'a global guard that does not read the mark',
    `@Public() @Get() all() {}`,
    `app.useGlobalGuards(new JwtAuthGuard());`,
    { scheme: 'bearer', by: 'JwtAuthGuard', at: expect.anything() },
  ],
  [
    'nothing where a mark opens a route to a guard without code',
    `@Public() @Get() all() {}`,
    `app.useGlobalGuards(new (AuthGuard('jwt'))());`,
    undefined,
  ],
  ['nothing for guards that only decide', `@UseGuards(Roles) @Get() all() {}`, '', undefined],
])('who asks is told by %s', (_title, member, set, expected) => {
  const code = `const Public = () => SetMetadata('isPublic', true);
class Keys extends AuthGuard('api-key') {}
class JwtAuthGuard { canActivate() { return true; } }
class Roles { canActivate() { return true; } }
@Controller('books') class Books { ${member} }`;
  expect(analyse({ code, set }).routes[0]?.authentication).toEqual(expected);
});

const READ = `context.getHandler()`;
const OPENED = `const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, [${READ}, context.getClass()]); if (isPublic) { return true; }`;

test.each<[string, { guard: string; on?: string; member?: string }, string | undefined]>([
  ['a mark that it reads', { guard: OPENED, member: '@Public()' }, undefined],
  ['a mark of the class', { guard: OPENED, on: '@Public()' }, undefined],
  ['a mark of the class, taken back', { guard: OPENED, on: '@Public()', member: '@Public(false)' }, 'bearer'],
  ['no mark', { guard: OPENED }, 'bearer'],
  ['a mark of another name', { guard: OPENED, member: `@SetMetadata('cached', true)` }, 'bearer'],
  [
    'a mark that either place may have',
    {
      guard: `const open = this.reflector.get(PUBLIC, ${READ}) || this.reflector.get(PUBLIC, context.getClass()); if (open === true) return true;`,
      on: '@Public()',
    },
    undefined,
  ],
  [
    'a mark of the class that it does not look for',
    { guard: `const open = this.reflector.get(PUBLIC, ${READ}); if (open) return true;`, on: '@Public()' },
    'bearer',
  ],
  [
    'a mark without which it asks nothing',
    { guard: `const closed = this.reflector.get(PUBLIC, ${READ}); if (!closed) return true;` },
    undefined,
  ],
  [
    'a mark with which it asks',
    { guard: `const closed = this.reflector.get(PUBLIC, ${READ}); if (!closed) return true;`, member: '@Public()' },
    'bearer',
  ],
  [
    'a mark that it reads for something else',
    { guard: `const open = this.reflector.get(PUBLIC, ${READ}); if (open) console.log('open');`, member: '@Public()' },
    'bearer',
  ],
])('a guard by its own code: %s', (_title, { guard, on = '', member = '' }, expected) => {
  const code = `const PUBLIC = 'open-to-all'; const Public = (is = true) => SetMetadata(PUBLIC, is);
class JwtAuthGuard { constructor(private readonly reflector: Reflector) {} canActivate(context: any) { ${guard} return verify(context); } }
${on} @UseGuards(JwtAuthGuard) @Controller('books') class Books { ${member} @Get() all() {} }`;
  expect(analyse({ code }).routes[0]?.authentication?.scheme).toBe(expected);
});

test('shapes are the types of parameters and results, uploads are interceptors', () => {
  const { routes } = analyse({
    code: `class NewBook {} class Search {} class Book {} class Failure {}
@Controller('books') class Books {
  @Post() @UseInterceptors(FileInterceptor('cover')) @ApiCreatedResponse({ type: [Book] }) add(@Body() book: NewBook, @Query() search: Search, @Query('page') page: Book) {}
  @Get() all(): Promise<Book[]> { return Promise.resolve([]); }
}`,
  });
  const type = (name: string, isList?: true) => ({ kind: 'type', symbol: `src/main.ts#${name}`, ...(isList ? { isList } : {}) });
  const shapes = Object.fromEntries(routes.map((route) => [route.id, route.shapes]));
  expect(shapes).toEqual({
    'POST /books': { body: type('NewBook'), query: type('Search'), responses: { 201: type('Book', true) } },
    'GET /books': { responses: { default: type('Book', true) } },
  });
  expect(routes.find(({ id }) => id === 'POST /books')?.chain.map(({ role }) => role)).toEqual(['upload', 'handler']);
});

test.each<[string, Case, readonly string[]]>([
  [
    'a prefix that only a start makes known',
    { code: books(`@Controller('books')`, `@Get() all() {}`), set: `app.setGlobalPrefix(readPrefix());` },
    ['dynamic-route', 'dynamic-mount'],
  ],
  [
    'a controller that no module lists',
    { code: `${books(`@Controller('books')`, `@Get() all() {}`)}\n@Controller('lost') class Lost { @Get() all() {} }` },
    ['dynamic-mount'],
  ],
  [
    'two routes for the same requests',
    { code: books(`@Controller('books')`, `@Get() all() {} @Get('/') again() {}`) },
    ['duplicate-route'],
  ],
  [
    'none for the server below, of either kind',
    {
      code: `import { FastifyAdapter } from '@nestjs/platform-fastify';\n${books(`@Controller('books')`, `@Get() all() {}`)}`,
      set: `app.getHttpAdapter().getInstance().disable('x-powered-by'); const other = await NestFactory.create(AppModule, new FastifyAdapter()); other.getHttpAdapter().getInstance().addHook('onRequest', () => {});`,
    },
    [],
  ],
  ['no controllers at all', { code: '', module: '' }, ['framework-without-routes']],
  [
    'controllers that are not known',
    { code: '', module: 'controllers: loadControllers()' },
    ['framework-without-routes', 'unknown-call-target'],
  ],
])('Nest routes are told of with a diagnostic: %s', (_title, given, expected) =>
  expect(codes(analyse(given).diagnostics).toSorted()).toEqual(expected.toSorted()),
);

test('a version that is told by a header, and a host, keep a route in the monolith', () => {
  const { routes } = analyse({
    code: `@Controller({ path: 'books', version: '2' }) class Books { @Get() all() {} }\n@Controller({ path: 'admin', host: 'admin.books.test' }) class Admin { @Get() all() {} }`,
    module: 'controllers: [Books, Admin]',
    set: `app.enableVersioning({ type: VersioningType.HEADER, header: 'Version' });`,
  });
  expect(routes.map(({ id, stays, handler }) => [id, stays?.text, nameOf(handler.symbol)])).toEqual([
    ['GET /books', 'its version 2 is not told by the path', 'Books.all'],
    ['GET /admin', 'it answers on the host admin.books.test only', 'Admin.all'],
  ]);
});

test('an application that nobody has listen answers nothing, and modules configure middleware for their own application', () => {
  const { routes } = analyse({
    code: `@Injectable() class Trace { use() {} }\n@Controller('books') class Books { @Get() all() {} }
@Module({ controllers: [Books] }) export class AppModule { configure(consumer: any) { consumer.apply(Trace).forRoutes(Books); } }`,
    set: `app.setGlobalPrefix('api'); const other = await NestFactory.create(AppModule); other.get(Books);`,
  });
  expect(routes.map(({ id, chain }) => [id, chain.map(({ name }) => name)])).toEqual([['GET /api/books', ['Trace', 'Books.all']]]);
});

test('resolvers that no module provides are told where they stand', () => {
  const { diagnostics } = analyse({
    code: `import { Query as Field, Resolver } from '@nestjs/graphql';
@Resolver('Book') class BookResolver { @Field() books() { return []; } }
@Resolver('Loan') class LoanResolver { @Field() loans() { return []; } }
${books(`@Controller('books')`, `@Get() all() {}`)}`,
    module: 'controllers: [Books], providers: [BookResolver]',
  });
  expect(diagnostics).toEqual([
    {
      code: 'dynamic-mount',
      data: { text: 'resolver that no reachable module lists' },
      at: { file: 'src/main.ts', line: 11, column: 1 },
    },
  ]);
});

test('middleware says under which condition it is used, and runs before the endpoint of GraphQL, too', () => {
  const { routes } = analyse({
    code: `const traced = (req: unknown, res: unknown, next: () => void) => next();\n${books(`@Controller('books')`, `@Get() all() {}`)}`,
    module: `imports: [GraphQLModule.forRoot({ path: '/graph' })], controllers: [Books]`,
    set: `if (process.env.TRACE) app.use(traced);`,
  });
  expect(routes.map(({ id, chain }) => [id, chain.map(({ name, guards = [] }) => [name, ...guards].join(' if '))])).toEqual([
    ['GET /books', ['traced if process.env.TRACE', 'Books.all']],
    ['POST /graph', ['traced if process.env.TRACE', 'GraphQLModule']],
  ]);
});
