import { expect, test } from 'vitest';
import { mikroOrm } from '../../../analyzers/data-access/mikro-orm.ts';
import { typeorm } from '../../../analyzers/data-access/typeorm.ts';
import { analyzeTraced, traceOf } from '../../support/trace.ts';

test.each([
  [
    'TypeORM',
    "import { ChildEntity, Column, Entity, TableInheritance } from 'typeorm';\n@Entity() @TableInheritance({ column: 'kind' }) export class Person { @Column() name: string }",
    "import { ChildEntity, Column } from 'typeorm';\nimport { Person } from './person.ts';\n@ChildEntity() export class Member extends Person { @Column() card: string }",
  ],
  [
    'MikroORM',
    "import { Entity, Property } from '@mikro-orm/core';\n@Entity({ discriminatorColumn: 'kind' }) export class Person { @Property() name: string }",
    "import { Entity, Property } from '@mikro-orm/core';\nimport { Person } from './person.ts';\n@Entity() export class Member extends Person { @Property() card: string }",
  ],
])('a table that entities of %s share has the name and the place of the first of them', (_title, person, member) => {
  const files = { 'src/person.ts': person, 'src/member.ts': member, 'src/main.ts': "import './member.ts';" };
  const { value } = analyzeTraced(traceOf({ files }, { entries: ['src/main.ts'] }), [typeorm, mikroOrm]);
  const tables = value.flatMap((fact) => (fact.kind === 'table' ? [`${fact.id} ${fact.model} ${fact.at.file}:${fact.at.line}`] : []));
  expect(tables).toEqual(['person Person src/person.ts:2', 'person Person src/person.ts:2']);
});
