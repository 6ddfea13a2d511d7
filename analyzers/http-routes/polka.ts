import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import type { CallModel, LibraryModel, MemberModel } from '../../src/model/boot-trace.ts';
import { polkaDialect, tinyhttpDialect } from './polka/dialect.ts';
import { frameworkRoutes } from './routing/framework-routes.ts';
import { HTTP_METHODS } from './routing/http-methods.ts';

const registers: CallModel = { records: 'route', returns: 'self' };
const listen: CallModel = { records: 'listen', returns: 'self', invokes: [{ argument: 'last', with: [] }] };

const members: Readonly<Record<string, MemberModel>> = {
  ...Object.fromEntries([...HTTP_METHODS, 'all'].map((method) => [method, registers])),
  add: { records: 'add', returns: 'self' },
  use: { records: 'use', returns: 'self' },
  listen,
  // What a server of Node.js is given stands for the application.
  handler: { property: 'self' },
  attach: { property: 'self' },
};

const polkaModel: LibraryModel = {
  name: 'polka',
  packages: ['polka'],
  exports: { default: { returns: { object: 'polka.application' }, constructs: true } },
  objects: { 'polka.application': { members } },
};

const tinyhttpModel: LibraryModel = {
  name: 'tinyhttp',
  packages: ['@tinyhttp/app', '@tinyhttp/router'],
  exports: {
    App: { returns: { object: 'tinyhttp.application' }, constructs: true },
    Router: { returns: { object: 'tinyhttp.application' }, constructs: true },
  },
  objects: { 'tinyhttp.application': { members } },
};

export const polkaModels: readonly LibraryModel[] = [polkaModel, tinyhttpModel];

/** Reads routes of polka and tinyhttp, which take them as Express does. */
export const polkaRoutesAnalyzer = defineAnalyzer({
  name: 'polka-routes',
  produces: ['route'],

  *analyze(input) {
    yield* frameworkRoutes(polkaDialect, input);
    yield* frameworkRoutes(tinyhttpDialect, input);
  },
});
