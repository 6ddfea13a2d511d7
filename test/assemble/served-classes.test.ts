import { describe, expect, test } from 'vitest';
import { typeorm } from '../../analyzers/data-access/typeorm.ts';
import { createServedClasses } from '../../src/assemble/served-classes.ts';
import { createSqlParser } from '../../src/lib/sql/sql-parser.ts';
import type { TableAccessFact } from '../../src/model/fact.ts';
import { nameOf, toModuleId, toSymbolId } from '../../src/model/ids.ts';
import { emptyTrace } from '../support/findings.ts';
import { programOf } from '../support/program.ts';

const services = `import { Entity, Repository } from 'typeorm';
@Entity() class Author {}
@Entity() class Book {}
export abstract class Service<T> { constructor(private repository: Repository<T>) {} all() { return this.repository.find(); } }
export class Authors extends Service<Author> {}
export class Books extends Service<Book> {}`;
const desk = `import { Authors, Books, type Service } from './services.ts';
export class AuthorDesk { constructor(private authors: Authors) {} list() { return this.authors.all(); } }
export class AnyDesk { constructor(private service: Service<unknown>) {} list() { return this.service.all(); } }`;

describe('subclasses whose tables an entry point uses', () => {
  const program = programOf({
    'src/services.ts': services,
    'src/desk.ts': desk,
    'src/books.module.ts': "import { Books } from './services.ts';\nexport const provided = [Books];",
  });
  const symbol = (file: string, name: string) => toSymbolId(toModuleId(file), name);
  const all = symbol('src/services.ts', 'Service.all');
  test.each([
    ['those its classes name', ['AuthorDesk.list'], [], ['Authors']],
    ['those of the module that registers it', ['AnyDesk.list'], ['src/books.module.ts'], ['Books']],
    ['all where nobody says', ['AnyDesk.list'], [], ['Authors', 'Books']],
  ])('%s', async (_title, names, modules, expected) => {
    const found = [...typeorm.analyze({ program, trace: emptyTrace, assets: new Map(), packages: [], sql: await createSqlParser() })];
    const accesses = found.filter((one): one is TableAccessFact => 'kind' in one && one.kind === 'table-access');
    const served = createServedClasses(program, accesses);
    const symbols = [all, ...names.map((name) => symbol('src/desk.ts', name))];
    expect(served(symbols, modules.map(toModuleId)).map(nameOf)).toEqual(expected);
  });
});
