import { pluralize } from 'inflection';
import { ownEntry } from '../../../src/lib/own-entry.ts';
import { rootPackage } from '../../../src/lib/package-name.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { type CodeValue, callSites, type Declared, declared, valueAt } from '../flow/code-value.ts';
import { followValue, propertyOf } from '../flow/follow-value.ts';
import { constantOf } from '../mappers/named-classes.ts';
import { camelCase, snakeCase } from './names.ts';

/** What the connection's options say of names. */
export interface NamingSettings {
  readonly prefix: string;
  /** The table of a class without a name of its own; undefined when the strategy's code is not understood. */
  tableName(className: string): string | undefined;
  /** Columns are written in snake case. */
  readonly hasSnakeColumns: boolean;
  readonly strategyAt?: SourceLocation;
}

export function readNamingSettings(program: ProgramQueries, classes: readonly Declared[]): NamingSettings {
  const options = connectionOptions(program);
  const strategy = classes.find((one) => isNamingStrategy(program, one));
  const prefix = options
    .map((option) => constantOf(program, propertyOf(program, option, 'entityPrefix')))
    .find((text) => text !== undefined);
  const named = options.flatMap((option) => propertyOf(program, option, 'namingStrategy') ?? []);
  const own = strategy === undefined ? undefined : memberNamed(program, strategy, 'tableName');
  return {
    prefix: prefix ?? '',
    tableName: (className) => (own === undefined ? snakeCase(className) : nameByStrategy(program, own, className)),
    hasSnakeColumns: strategy !== undefined || named.length > 0,
    ...(strategy === undefined ? {} : { strategyAt: program.location(strategy.module.id, strategy.declaration.span.start) }),
  };
}

const connecting: ReadonlySet<string> = new Set([
  'DataSource',
  'createConnection',
  'createConnections',
  'Connection',
  'forRoot',
  'forRootAsync',
]);

/** Object literals that open connections. */
function connectionOptions(program: ProgramQueries): readonly CodeValue[] {
  const found: CodeValue[] = [];
  for (const site of callSites(program)) {
    const { callee } = site.call;
    const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
    if (!connecting.has(name)) continue;
    const referent = program.resolveExpression(site.module.id, site.call.owner, callee);
    if (referent.kind !== 'external' || !/^(?:typeorm|@nestjs\/typeorm|typeorm-extension)/.test(referent.package)) continue;
    for (const argument of site.call.arguments) found.push(...optionLiterals(program, valueAt(site, argument)));
  }
  return found;
}

/** The literal itself, and of `forRootAsync` what its factory returns. */
function optionLiterals(program: ProgramQueries, value: CodeValue): readonly CodeValue[] {
  return followValue(program, value).flatMap((one) => {
    if (one.expression.kind !== 'object') return [];
    const factory = propertyOf(program, one, 'useFactory')?.expression;
    if (factory?.kind !== 'function') return [one];
    const returns = one.module.syntax.declarations[factory.declaration]?.returns?.values ?? [];
    return returns.flatMap((expression) => followValue(program, { module: one.module, owner: factory.declaration, expression }));
  });
}

function isNamingStrategy(program: ProgramQueries, { module, declaration }: Declared): boolean {
  const named = (declaration.implements ?? []).some((type) => type.kind === 'reference' && type.name.at(-1) === 'NamingStrategyInterface');
  if (named || declaration.extends === undefined) return named;
  const base = program.resolveExpression(module.id, declaration.parent, declaration.extends);
  return base.kind === 'external' && /NamingStrategy$/.test(base.path.at(-1) ?? '') && /^typeorm/.test(rootPackage(base.package));
}

const memberNamed = (program: ProgramQueries, { symbol }: Declared, name: string): Declared | undefined =>
  program
    .childrenOf(symbol)
    .flatMap((child) => declared(program, child) ?? [])
    .find(({ declaration }) => declaration.binding === name);

/** What a strategy's `tableName(className, given)` gives for a class, where it is made of common functions on names. */
function nameByStrategy(program: ProgramQueries, method: Declared, className: string): string | undefined {
  const parameters = program.childrenOf(method.symbol).flatMap((child) => declared(program, child) ?? []);
  const [first] = parameters.filter(({ declaration }) => declaration.kind === 'parameter' && declaration.position === 0);
  const evaluate = (expression: Expression, depth: number): readonly (string | undefined)[] => {
    if (depth > 8) return [undefined];
    switch (expression.kind) {
      case 'name':
        if (expression.name === first?.declaration.binding) return [className];
        return localValue(expression.name)?.flatMap((value) => evaluate(value, depth + 1)) ?? [];
      case 'literal':
        return typeof expression.value === 'string' ? [expression.value] : [];
      case 'choice':
        return expression.options.flatMap((option) => evaluate(option, depth + 1));
      case 'concatenation':
        return [joined(expression.parts.map((part) => evaluate(part, depth + 1)))];
      case 'template':
        return [
          joined(
            expression.quasis.flatMap((quasi, index) => [
              [quasi],
              ...expression.expressions.slice(index, index + 1).map((one) => evaluate(one, depth + 1)),
            ]),
          ),
        ];
      case 'call':
        return [called(expression.call, depth)];
      default:
        return [undefined];
    }
  };
  const localValue = (name: string): readonly Expression[] | undefined => {
    const found = program
      .childrenOf(method.symbol)
      .flatMap((child) => declared(program, child) ?? [])
      .find(({ declaration }) => declaration.kind === 'variable' && declaration.binding === name);
    return found?.declaration.initializer === undefined ? undefined : [found.declaration.initializer];
  };
  const called = (index: number, depth: number): string | undefined => {
    const call = method.module.syntax.calls[index];
    if (call === undefined) return undefined;
    const { callee, arguments: given } = call;
    const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
    if (name === 'tableName') return snakeCase(className);
    const subject = callee.kind === 'member' && given.length === 0 ? callee.object : given[0];
    const [value] = subject === undefined ? [] : evaluate(subject, depth + 1);
    return value === undefined ? undefined : ownEntry(changes, name.toLowerCase())?.(value);
  };
  const names = new Set((method.declaration.returns?.values ?? []).flatMap((value) => evaluate(value, 0)));
  return names.size === 1 ? [...names][0] : undefined;
}

function joined(parts: readonly (readonly (string | undefined)[])[]): string | undefined {
  const texts = parts.map((options) => options[0] ?? '');
  return parts.some((options) => options.includes(undefined)) ? undefined : texts.join('');
}

const changes: Readonly<Record<string, (text: string) => string>> = {
  snakecase: snakeCase,
  snake: snakeCase,
  underscore: snakeCase,
  camelcase: camelCase,
  pluralize: (text) => pluralize(text),
  plural: (text) => pluralize(text),
  tolowercase: (text) => text.toLowerCase(),
  touppercase: (text) => text.toUpperCase(),
};
