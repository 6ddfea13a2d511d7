import { declared } from '../flow/code-value.ts';
import { baseOf } from './class-chain.ts';
import type { ClassHeld, Held } from './held-value.ts';
import type { HeldValues } from './held-values.ts';

/** Names of the members that values of a type have; undefined where the type is not wholly known. */
export function typeMembers(e: HeldValues, held: Held): readonly string[] | undefined {
  if (held.kind === 'shape') return held.type.members.map(({ name }) => name);
  return held.kind === 'instance' ? classMembers(e, held) : undefined;
}

function classMembers(e: HeldValues, start: ClassHeld): readonly string[] | undefined {
  const names: string[] = [];
  let holder: ClassHeld = start;
  for (let depth = 0; depth < 24; depth++) {
    names.push(...membersOf(e, holder));
    const declaration = declared(e.program, holder.symbol)?.declaration;
    const bases = declaration?.kind === 'interface' ? (declaration.extendsTypes ?? []).length : declaration?.extends === undefined ? 0 : 1;
    if (bases === 0) return names;
    const base = baseOf(e, start, holder);
    if (base === undefined || base.kind === 'library') return undefined;
    holder = base;
  }
  return undefined;
}

const membersOf = (e: HeldValues, { symbol }: ClassHeld): readonly string[] =>
  e.classes
    .members(symbol)
    .concat(parameterProperties(e, symbol))
    .flatMap(({ declaration: { kind, binding } }) =>
      binding === undefined || kind === 'method' || kind === 'constructor' ? [] : [binding],
    );

const parameterProperties = (e: HeldValues, symbol: ClassHeld['symbol']): ReturnType<HeldValues['classes']['members']> => {
  const found = e.classes.constructorOf(symbol);
  return found === undefined ? [] : e.classes.parameters(found).filter(({ declaration }) => declaration.isParameterProperty === true);
};
