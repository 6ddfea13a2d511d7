import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { bare, type CodeValue, callOf, type Declared, declared, valueAt } from '../flow/code-value.ts';
import { textsOf } from '../flow/constant-text.ts';

/** The class or model a value names: `Book`, `() => Book`, `type => Book`, `forwardRef(() => Book)`; or its name as a text. */
export function namedClass(program: ProgramQueries, given: CodeValue): SymbolId | string | undefined {
  const value = bare(given);
  const { module, owner, expression } = value;
  if (expression.kind === 'function') {
    const [returned] = module.syntax.declarations[expression.declaration]?.returns?.values ?? [];
    return returned === undefined ? undefined : namedClass(program, { module, owner: expression.declaration, expression: returned });
  }
  if (expression.kind === 'array') {
    const [first] = expression.elements;
    return first === undefined ? undefined : namedClass(program, { ...value, expression: first });
  }
  if (expression.kind === 'literal') return typeof expression.value === 'string' ? expression.value : undefined;
  const referent = program.resolveExpression(module.id, owner, expression);
  return referent.kind === 'symbol' ? referent.symbol : undefined;
}

/** The class that a class extends; of a mixin, also one that is kept in a variable, the one its function returns. */
export function baseClass(program: ProgramQueries, { module, declaration }: Declared): Declared | undefined {
  if (declaration.extends === undefined) return undefined;
  const value: CodeValue = { module, owner: declaration.parent, expression: declaration.extends };
  const named = namedBy(program, value);
  if (named?.declaration.kind === 'class') return named;
  const site = callOf(heldBy(named) ?? value);
  const mixin = site === undefined ? undefined : program.resolveExpression(site.module.id, site.call.owner, site.call.callee);
  const maker = mixin?.kind === 'symbol' ? declared(program, mixin.symbol) : undefined;
  for (const expression of maker?.declaration.returns?.values ?? []) {
    const returned = maker === undefined ? undefined : classOf(program, { module: maker.module, owner: maker.index, expression });
    if (returned !== undefined) return returned;
  }
  const [first] = site?.call.arguments ?? [];
  return site === undefined || first === undefined ? undefined : classOf(program, valueAt(site, first));
}

/** What a variable was made with. */
export function heldBy(found: Declared | undefined): CodeValue | undefined {
  const { kind, initializer, initializerOwner, parent = 0 } = found?.declaration ?? {};
  return found === undefined || kind !== 'variable' || initializer === undefined
    ? undefined
    : { module: found.module, owner: initializerOwner ?? parent, expression: initializer };
}

export function namedBy(program: ProgramQueries, { module, owner, expression }: CodeValue): Declared | undefined {
  const referent = program.resolveExpression(module.id, owner, expression);
  return referent.kind === 'symbol' ? declared(program, referent.symbol) : undefined;
}

function classOf(program: ProgramQueries, { module, owner, expression }: CodeValue): Declared | undefined {
  const inner = bare({ module, owner, expression }).expression;
  if (inner.kind === 'class') return declared(program, program.symbolAt(module.id, inner.declaration));
  const found = namedBy(program, { module, owner, expression: inner });
  return found?.declaration.kind === 'class' ? found : undefined;
}

/** The class and those it extends, nearest first. */
export function classChain(program: ProgramQueries, found: Declared): readonly Declared[] {
  const chain = [found];
  for (let current: Declared | undefined = found; current !== undefined && chain.length < 24; ) {
    current = baseClass(program, current);
    if (current === undefined || chain.some(({ symbol }) => symbol === current?.symbol)) break;
    chain.push(current);
  }
  return chain;
}

/** A text that is wholly constant. */
export function constantOf(program: ProgramQueries, value: CodeValue | undefined): string | undefined {
  const texts = value === undefined ? [] : textsOf(program, value);
  const [text] = texts;
  return texts.length !== 1 || text === undefined || text.holes.length > 0 ? undefined : text.parts.join('');
}
