import type { Analyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { inversifyExpressModel, inversifyExpressRoutes } from './inversify-express-utils.ts';
import { routingControllersModel, routingControllersRoutes } from './routing-controllers.ts';
import { tsoaModel, tsoaRoutes } from './tsoa.ts';

/** Frameworks over another one whose controllers are decorated classes. */
export const controllerFrameworkModels: readonly LibraryModel[] = [inversifyExpressModel, routingControllersModel, tsoaModel];

export const controllerFrameworkAnalyzers: readonly Analyzer[] = [inversifyExpressRoutes, routingControllersRoutes, tsoaRoutes];
