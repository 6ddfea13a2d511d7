import { expect, test } from 'vitest';
import { commandAnalyzers } from '../../../analyzers/commands/index.ts';
import { triggerSummaries } from '../../support/triggers.ts';

test.each<[string, string, readonly string[]]>([
  [
    'migrations and seeds of knex',
    "import knex from 'knex'; const db = knex({}); async function main() { await db.migrate.latest(); await db.seed.run(); } main();",
    ['startup migrations main (knex)', 'startup seeds main (knex)'],
  ],
  [
    'tables from models',
    "import { Sequelize } from 'sequelize'; const shop = new Sequelize('x'); shop.sync({ alter: true });",
    ['startup tables from models <module> (sequelize)'],
  ],
  [
    'options of a connection',
    "import { DataSource } from 'typeorm'; const source = new DataSource({ type: 'postgres', migrationsRun: true }); source.initialize();",
    ['startup migrations <module> (typeorm)'],
  ],
  [
    'options of a connection that a constant holds',
    "import { DataSource } from 'typeorm'; const shared = { synchronize: true }; const options = { type: 'postgres', ...shared, migrationsRun: true } as const; new DataSource(options).initialize();",
    ['startup migrations <module> (typeorm)', 'startup tables from models <module> (typeorm)'],
  ],
  [
    'options of a connection that a function gives',
    "import { Module } from '@nestjs/common'; import { NestFactory } from '@nestjs/core'; import { TypeOrmModule } from '@nestjs/typeorm'; @Module({ imports: [TypeOrmModule.forRootAsync({ useFactory: () => ({ synchronize: true }) })] }) class AppModule {} NestFactory.create(AppModule);",
    ['startup tables from models <module> (@nestjs/typeorm)'],
  ],
  [
    'an option of a model',
    "import { Entity, DataSource } from 'typeorm'; @Entity({ synchronize: true }) class Book {} new DataSource({ entities: [Book], synchronize: false });",
    [],
  ],
  [
    'migrations of a connection',
    "import { DataSource } from 'typeorm'; const source = new DataSource({}); async function main() { await source.runMigrations(); } main();",
    ['startup migrations main (typeorm)'],
  ],
  [
    'a function of a package',
    "import { migrate } from 'drizzle-orm/node-postgres/migrator'; await migrate({}, { migrationsFolder: 'x' });",
    ['startup migrations <module> (drizzle-orm)'],
  ],
  [
    'what only a request does',
    "import knex from 'knex'; import express from 'express'; const db = knex({}); const app = express(); app.post('/migrate', () => db.migrate.latest()); app.listen(1);",
    [],
  ],
  ['something else', 'const folder = { sync() {} }; folder.sync();', []],
])('%s', (_title, code, expected) => expect([...triggerSummaries(code, commandAnalyzers)].sort()).toEqual(expected));
