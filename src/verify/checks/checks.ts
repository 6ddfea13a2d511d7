import { bundleCheck } from './bundle.ts';
import type { Check } from './check.ts';
import { noCrossSliceImportsCheck } from './no-cross-slice-imports.ts';
import { packagesCheck } from './packages.ts';
import { routesOnceCheck } from './routes-once.ts';
import { synthesisCheck } from './synthesis.ts';
import { typesCheck } from './types.ts';

/** Every static check, cheap ones first. */
export const checks: readonly Check[] = [routesOnceCheck, noCrossSliceImportsCheck, packagesCheck, bundleCheck, typesCheck, synthesisCheck];
