import type { Analyzer } from '../../src/analyze/analyzer.ts';
import { drizzle } from './drizzle.ts';
import { dynamodb } from './dynamodb.ts';
import { elasticsearch } from './elasticsearch.ts';
import { firestore } from './firestore.ts';
import { knex } from './knex.ts';
import { kysely } from './kysely.ts';
import { medusaQueries } from './medusa-queries.ts';
import { mikroOrm } from './mikro-orm.ts';
import { mongodb } from './mongodb.ts';
import { mongoose } from './mongoose.ts';
import { objection } from './objection.ts';
import { prisma } from './prisma.ts';
import { redis } from './redis.ts';
import { s3 } from './s3.ts';
import { sequelize } from './sequelize.ts';
import { sqlStrings } from './sql-strings.ts';
import { typeorm } from './typeorm.ts';
import { unknownStores } from './unknown-stores.ts';

/** Analyzers that find tables, accesses and transactions. */
export const dataAccessAnalyzers: readonly Analyzer[] = [
  prisma,
  sqlStrings,
  knex,
  mongoose,
  mongodb,
  drizzle,
  kysely,
  typeorm,
  sequelize,
  mikroOrm,
  medusaQueries,
  objection,
  redis,
  dynamodb,
  s3,
  elasticsearch,
  firestore,
  unknownStores,
];
