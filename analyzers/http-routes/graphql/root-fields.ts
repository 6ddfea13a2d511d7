import type { AnalyzerInput } from '../../../src/analyze/analyzer.ts';
import type { Expression } from '../../../src/model/file-syntax.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import { rootFieldsIn } from './schema-text.ts';

/** A field of a root type as the schema's text declares it: `Query.orders`. */
export interface RootField {
  readonly name: string;
  readonly at: SourceLocation;
}

/** Fields of root types in files of the schema language and in `gql` literals of sources. */
export function rootFields({ program, assets }: Pick<AnalyzerInput, 'program' | 'assets'>): readonly RootField[] {
  const files = [...assets]
    .filter(([, { kind }]) => kind === 'graphql')
    .flatMap(([path, { text }]) => fieldsIn(text, (line) => ({ file: path, line, column: 1 })));
  const literals = program.program.modules
    .filter(
      ({ role, syntax }) =>
        role === 'source' && syntax.imports.some(({ specifier }) => specifier !== undefined && /graphql|apollo|mercurius/.test(specifier)),
    )
    .flatMap(({ id, syntax }) => [
      ...syntax.calls.flatMap(({ kind, callee, arguments: [text], span }) =>
        kind === 'tagged-template' && callee.kind === 'name' && /^(?:gql|graphql)$/.test(callee.name)
          ? fieldsIn(textOf(text), () => program.location(id, span.start))
          : [],
      ),
      ...syntax.declarations.flatMap(({ initializer }) =>
        initializer?.kind === 'template' || initializer?.kind === 'literal'
          ? fieldsIn(textOf(initializer), () => program.location(id, initializer.span.start))
          : [],
      ),
    ]);
  return [...files, ...literals];
}

/** The text of a literal; what is put into it is most often a part of the schema of its own. */
const textOf = (literal: Expression | undefined): string =>
  literal?.kind === 'template'
    ? literal.quasis.join('\n')
    : literal?.kind === 'literal' && typeof literal.value === 'string'
      ? literal.value
      : '';

const fieldsIn = (text: string, at: (line: number) => SourceLocation): readonly RootField[] =>
  rootFieldsIn(text).map(({ name, offset }) => ({ name, at: at(text.slice(0, offset).split('\n').length) }));
