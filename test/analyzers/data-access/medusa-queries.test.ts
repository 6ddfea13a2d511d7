import { describe, expect, test } from 'vitest';
import { medusaQueries } from '../../../analyzers/data-access/medusa-queries.ts';
import { findingsOf } from '../../support/findings.ts';

const header = "import { ContainerRegistrationKeys, remoteQueryObjectFromString } from '@medusajs/framework/utils';\n";
const found = (code: string) => findingsOf(medusaQueries, { 'src/books.ts': header + code });

describe('what is asked across modules is told where it stands', () => {
  test.each([
    [
      'a query of a graph',
      "export const list = ({ scope }: any) => { const query = scope.resolve(ContainerRegistrationKeys.QUERY); return query.graph({ entity: 'book', fields: [] }); };",
      ['! unknown-table: medusa, query.graph of book'],
    ],
    [
      'a remote query',
      "export const list = ({ scope }: any) => { const ask = scope.resolve(ContainerRegistrationKeys.REMOTE_QUERY); const about = remoteQueryObjectFromString({ entryPoint: 'loan', fields: [] }); return ask(about); };",
      ['! unknown-table: medusa, query of loan'],
    ],
    [
      'a link',
      'export const join = async ({ container }: any, all: any) => { const link = container.resolve(ContainerRegistrationKeys.REMOTE_LINK); await link.create(all); };',
      ['! unknown-table: medusa, link.create'],
    ],
    [
      'a query by its text',
      "export const list = ({ scope }: any) => { const query = scope.resolve('query'); return query.graph({ entity: 'book', fields: [] }); };",
      ['! unknown-table: medusa, query.graph of book'],
    ],
    ['nothing else that is resolved', "export const list = ({ scope }: any) => scope.resolve('shelf').graph({});", []],
  ])('%s', async (_title, code, expected) => expect(await found(code)).toEqual(expected));
});

test('links have tables', async () => {
  const code = `export const BookShelf = { serviceName: 'BookShelf', isLink: true, databaseConfig: { tableName: 'book_shelf' }, primaryKeys: ['id', 'book_id'] };
export const none = { isLink: false, databaseConfig: { tableName: 'never' } };`;
  expect(await found(code)).toEqual(['table book_shelf (id book_id)']);
});
