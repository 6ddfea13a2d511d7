import type { Generator } from '../src/generate/generator.ts';
import { extractedSource } from './extracted-source/extracted-source.ts';
import { functions } from './functions/functions.ts';
import { gateway } from './gateway/gateway.ts';
import { infrastructureCdk } from './infrastructure-cdk/infrastructure-cdk.ts';
import { packageFiles } from './package/package.ts';

/** Every generator, by hand; two never write the same path. */
export const generators: readonly Generator[] = [extractedSource, functions, packageFiles, gateway, infrastructureCdk];
