import { expect, test } from 'vitest';
import { collectEntryPoints } from '../../src/decompose/entry-points.ts';
import { measure } from '../../src/decompose/measures.ts';
import { type ServiceId, toModuleId, toServiceId, toTableId } from '../../src/model/ids.ts';
import { monolith } from '../support/monolith.ts';

const library = monolith(`
  route POST /loans -> src/loans.ts#lend
  route GET /loans -> src/loans.ts#list
  route POST /books -> src/books.ts#buy
  call src/loans.ts#lend -> src/books.ts#take
  access src/loans.ts#lend create loans in lend
  access src/books.ts#take update books in lend
  access src/books.ts#buy create books
  access src/loans.ts#list read loans
  module src/unused.ts 10`);

test('the figures of two services by hand', () => {
  const [loans, books] = [toServiceId('loans'), toServiceId('books')];
  const entryPoints = collectEntryPoints(library);
  const assignment = entryPoints.map(({ id }): ServiceId => (id.includes('loans') ? loans : books));
  expect(
    measure({
      monolith: library,
      entryPoints,
      assignment,
      services: [books, loans],
      moduleOwners: new Map([
        [toModuleId('src/loans.ts'), loans],
        [toModuleId('src/books.ts'), books],
      ]),
      tableOwners: new Map([
        [toTableId('loans'), loans],
        [toTableId('books'), books],
      ]),
      sharedModules: 0,
    }),
  ).toEqual({
    services: 2,
    largestShare: 0.3333,
    coverage: 0.6667,
    tablesWithSeveralWriters: 1,
    entryPointsWritingAcross: 1,
    transactionalPurity: 0,
    crossServiceCalls: 1,
  });
});
