import { rootPackage } from '../../../src/lib/package-name.ts';

const packages: ReadonlySet<string> = new Set(['sequelize', 'sequelize-typescript', '@nestjs/sequelize', '@sequelize/core']);

export const isSequelizePackage = (name: string): boolean => packages.has(rootPackage(name));
