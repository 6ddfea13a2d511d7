import { expect, test } from 'vitest';
import { analyzeRoutes } from '../../support/http-routes.ts';

const told = (code: string): readonly string[] =>
  analyzeRoutes({ 'src/main.ts': `import { Webhooks, createNodeMiddleware } from '@octokit/webhooks';\n${code}` }).routes.map(
    ({ id, webhook, chain }) => `${id} of ${webhook?.provider ?? 'nobody'}: ${chain.map(({ role, name }) => `${role} ${name}`).join(', ')}`,
  );

test.each<[string, string, readonly string[]]>([
  [
    'a server of its own',
    `import { createServer } from 'node:http'; const webhooks = new Webhooks({ secret: 's' }); async function label(event) {} webhooks.on('issues.opened', label); createServer(createNodeMiddleware(webhooks)).listen(1);`,
    ['POST /api/github/webhooks of github: middleware label, handler @octokit/webhooks.createNodeMiddleware()'],
  ],
  [
    'mounted in an application',
    `import express from 'express'; const app = express(); const webhooks = new Webhooks({ secret: 's' }); const list = (req, res) => res.json([]); app.get('/books', list); app.use('/hooks', createNodeMiddleware(webhooks, { path: '/github' })); app.listen(1);`,
    ['GET /books of nobody: handler list', 'POST /hooks/github of github: handler @octokit/webhooks.createNodeMiddleware()'],
  ],
  [
    'never served',
    `const webhooks = new Webhooks({ secret: 's' }); webhooks.on('issues.opened', () => {}); createNodeMiddleware(webhooks);`,
    [],
  ],
])('%s', (_title, code, expected) => expect(told(code)).toEqual(expected));
