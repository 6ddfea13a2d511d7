import type { Analyzer } from '../../src/analyze/analyzer.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';
import { astroModel, astroRoutes } from './astro.ts';
import { h3Model, h3Routes } from './h3.ts';
import { medusaModel, medusaRoutes } from './medusa.ts';
import { nextModel, nextRoutes } from './next.ts';
import { nitroModel, nitroRoutes } from './nitro.ts';
import { remixModel, remixRoutes } from './remix.ts';
import { solidStartModel, solidStartRoutes } from './solid-start.ts';
import { svelteKitModel, svelteKitRoutes } from './sveltekit.ts';

/** Frameworks that find handlers by where their modules stand, and what they are made with. */
export const fileFrameworkModels: readonly LibraryModel[] = [
  astroModel,
  h3Model,
  medusaModel,
  nextModel,
  nitroModel,
  remixModel,
  solidStartModel,
  svelteKitModel,
];

export const fileFrameworkAnalyzers: readonly Analyzer[] = [
  astroRoutes,
  h3Routes,
  medusaRoutes,
  nextRoutes,
  nitroRoutes,
  remixRoutes,
  solidStartRoutes,
  svelteKitRoutes,
];
