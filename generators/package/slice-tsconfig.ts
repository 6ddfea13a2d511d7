import type { CompilerOptions as Options } from '../../src/generate/compiler-options.ts';

/** The slice's `tsconfig.json`: the options of the monolith that decide what its code means, and those that a bundled package needs. */
export function sliceTsconfig(options: Options, types: readonly string[]): object {
  const kept = Object.fromEntries(KEPT.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));
  return {
    compilerOptions: {
      ...kept,
      target: targetOf(options),
      lib: libOf(options),
      types,
      module: 'preserve',
      moduleResolution: 'bundler',
      // Without `exports` the monolith found its packages, so the slice must.
      ...(resolvesLikeNode10(options) && { resolvePackageJsonExports: false, resolvePackageJsonImports: false }),
      allowImportingTsExtensions: true,
      esModuleInterop: options.esModuleInterop ?? false,
      // Bundlers give a CommonJS module a default export in any case; generated code relies on it.
      allowSyntheticDefaultImports: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ['src'],
  };
}

/** Options that change the meaning or the checking of code; places of files and emit are the slice's own. */
const KEPT = [
  'allowJs',
  'allowUnreachableCode',
  'allowUnusedLabels',
  'alwaysStrict',
  'emitDecoratorMetadata',
  'erasableSyntaxOnly',
  'exactOptionalPropertyTypes',
  'experimentalDecorators',
  'forceConsistentCasingInFileNames',
  'isolatedModules',
  'jsx',
  'jsxFactory',
  'jsxFragmentFactory',
  'jsxImportSource',
  'keyofStringsOnly',
  'moduleDetection',
  'moduleSuffixes',
  'noFallthroughCasesInSwitch',
  'noImplicitAny',
  'noImplicitOverride',
  'noImplicitReturns',
  'noImplicitThis',
  'noPropertyAccessFromIndexSignature',
  'noStrictGenericChecks',
  'noUncheckedIndexedAccess',
  'strict',
  'strictBindCallApply',
  'strictBuiltinIteratorReturn',
  'strictFunctionTypes',
  'strictNullChecks',
  'strictPropertyInitialization',
  'suppressImplicitAnyIndexErrors',
  'useDefineForClassFields',
  'useUnknownInCatchVariables',
  'verbatimModuleSyntax',
] as const;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

/** ES3 and ES5 are gone from current compilers; above that the monolith's target stands, because class fields depend on it. */
const targetOf = (options: Options): string => (['', 'es3', 'es5'].includes(textOf(options.target)) ? 'es2015' : textOf(options.target));

/** At least ES2022, which the generated code uses and every Lambda runtime has; the DOM where the monolith had it by default. */
function libOf({ lib }: Options): readonly string[] {
  const names = Array.isArray(lib)
    ? lib.filter((name) => typeof name === 'string').map((name) => name.toLowerCase())
    : ['dom', 'dom.iterable'];
  return names.some((name) => /^(?:esnext|es202[2-9])$/.test(name))
    ? names
    : ['es2022', ...names.filter((name) => !/^es(?:\d+)$/.test(name))];
}

function resolvesLikeNode10({ module, moduleResolution }: Options): boolean {
  if (moduleResolution !== undefined) return ['node', 'node10', 'classic'].includes(textOf(moduleResolution));
  return !/^node|^preserve$/.test(textOf(module));
}
