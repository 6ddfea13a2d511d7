import { rootPackage } from '../../../src/lib/package-name.ts';

const packages: ReadonlySet<string> = new Set([
  'typeorm',
  '@nestjs/typeorm',
  'typeorm-transactional',
  'typeorm-transactional-cls-hooked',
  'typeorm-typedi-extensions',
  'typeorm-extension',
  '@nestjsx/crud-typeorm',
  '@dataui/crud-typeorm',
]);

export const isTypeormPackage = (name: string): boolean => packages.has(rootPackage(name));
