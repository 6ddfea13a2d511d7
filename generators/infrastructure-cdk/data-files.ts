import { toSlug } from '../../src/lib/slug.ts';
import type { MigrationPlan } from '../../src/model/migration-plan.ts';
import type { AppView } from './view.ts';

/** Exact versions: the same input synthesises the same templates. Read from the npm registry, November 2026. */
const VERSIONS = {
  'aws-cdk-lib': '2.276.0',
  constructs: '10.8.1',
  '@types/node': '22.20.5',
  'aws-cdk': '2.1148.1',
  esbuild: '0.28.2',
  tsx: '4.23.15',
  typescript: '5.9.3',
} as const;

export const infrastructurePackage = ({ name }: MigrationPlan): object => ({
  name: `${toSlug(name)}-infrastructure`,
  version: '0.0.0',
  private: true,
  type: 'module',
  engines: { node: '>=20' },
  scripts: { typecheck: 'tsc --noEmit -p tsconfig.json', synth: 'cdk synth', diff: 'cdk diff', deploy: 'cdk deploy' },
  dependencies: pick('aws-cdk-lib', 'constructs'),
  devDependencies: pick('@types/node', 'aws-cdk', 'esbuild', 'tsx', 'typescript'),
});

const pick = (...names: readonly (keyof typeof VERSIONS)[]): object => Object.fromEntries(names.map((name) => [name, VERSIONS[name]]));

export const infrastructureTsconfig = (): object => ({
  compilerOptions: {
    target: 'es2022',
    lib: ['es2022'],
    types: ['node'],
    module: 'nodenext',
    strict: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['bin', 'lib'],
});

/** The choices of a deployment, with their defaults, where a person finds and edits them. */
export const cdkContext = ({ slices }: AppView): object => ({
  app: 'node --import tsx bin/app.ts',
  context: {
    database: 'existing',
    monolithUrl: '',
    natGateways: 1,
    environment: Object.fromEntries(slices.map(({ slice }) => [slice, {}])),
  },
});
