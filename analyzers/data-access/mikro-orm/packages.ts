import { rootPackage } from '../../../src/lib/package-name.ts';

/** MikroORM's packages, and those of Medusa that export it under another name, or services over it. */
export const isMikroOrmPackage = (name: string): boolean => {
  const root = rootPackage(name);
  return root.startsWith('@mikro-orm/') || root === 'mikro-orm' || isMedusaPackage(root);
};

export const isMedusaPackage = (name: string): boolean => rootPackage(name).startsWith('@medusajs/');
