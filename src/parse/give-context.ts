import type { Expression, TypeSyntax } from '../model/file-syntax.ts';
import { draftAt, type Extraction } from './extraction.ts';

/** Functions nested deeper in literals than this are told nothing. */
const DEEPEST = 4;

/** Tells the functions in a literal the declared type of what holds it: their parameters often have no other. */
export function giveContext(x: Extraction, value: Expression, type: TypeSyntax, depth = 0): void {
  switch (value.kind) {
    case 'function': {
      const draft = draftAt(x, value.declaration);
      if (draft.contextualType === undefined && draft.kind !== 'getter' && draft.kind !== 'setter') draft.contextualType = type;
      break;
    }
    case 'object':
      if (depth >= DEEPEST) break;
      for (const property of value.properties) {
        if (property.key !== undefined) giveContext(x, property.value, memberOf(type, property.key), depth + 1);
      }
      break;
    case 'array':
      if (depth < DEEPEST) for (const element of value.elements) giveContext(x, element, elementOf(type), depth + 1);
      break;
    case 'choice':
      for (const option of value.options) giveContext(x, option, type, depth);
      break;
  }
}

const memberOf = (object: TypeSyntax, name: string): TypeSyntax => ({ kind: 'indexed', object, index: { kind: 'literal', value: name } });

const elementOf = (object: TypeSyntax): TypeSyntax => ({ kind: 'indexed', object, index: { kind: 'primitive', name: 'number' } });

/** Tells the functions in an argument's literal where they are passed. */
export function givePlace(x: Extraction, value: Expression, place: { readonly call: number; readonly argument: number }): void {
  const give = (inner: Expression, path: readonly string[]): void => {
    switch (inner.kind) {
      case 'function':
        if (path.length > 0) draftAt(x, inner.declaration).passedIn = { ...place, path };
        break;
      case 'object':
        if (path.length < DEEPEST) for (const { key, value: held } of inner.properties) if (key !== undefined) give(held, [...path, key]);
        break;
      case 'array':
        if (path.length < DEEPEST) for (const element of inner.elements) give(element, [...path, '[]']);
        break;
      case 'choice':
        for (const option of inner.options) give(option, path);
        break;
    }
  };
  give(value, []);
}
