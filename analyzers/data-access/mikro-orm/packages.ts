import { rootPackage } from '../flow/database-packages.ts';

export const isMikroOrmPackage = (name: string): boolean =>
  rootPackage(name).startsWith('@mikro-orm/') || rootPackage(name) === 'mikro-orm';
