/** One level of code in itself: what stands before the inner code and after it. */
export type Level = readonly [before: string, after: string];

/** Levels that stand in expressions and hold expressions. */
export const expressionLevels: Readonly<Record<string, Level>> = {
  parentheses: ['(', ')'],
  arrays: ['[', ']'],
  objects: ['{ a: ', ' }'],
  'object assignments': ['({ a: b = ', ' } = c)'],
  calls: ['f(', ')'],
  members: ['a[', ']'],
  templates: ['`a${', '}b`'],
  tags: ['a`b${', '}`'],
  'left members': ['', '.b'],
  'left calls': ['', '()'],
  'left indexes': ['', '[0]'],
  'left tags': ['', '`)`'],
  'left types': ['', '!'],
  negations: ['!', ''],
  minus: ['- ', ''],
  typeof: ['typeof ', ''],
  void: ['void ', ''],
  new: ['new ', ''],
  await: ['await ', ''],
  powers: ['1 ** ', ''],
  sums: ['', ' + 1'],
  'right sums': ['1 + (', ')'],
  and: ['a && ', ''],
  or: ['', ' || a'],
  nullish: ['a ?? (', ')'],
  conditions: ['a ? b : ', ''],
  'left conditions': ['a ? ', ' : b'],
  'conditions in parentheses': ['a ? (b) : ', ''],
  assignments: ['a = ', ''],
  arrows: ['() => ', ''],
  'arrows with defaults': ['(a = ', ') => 1'],
  'arrows of one name': ['a => ', ''],
  'async arrows': ['async () => ', ''],
  functions: ['function () { return ', ' }'],
  methods: ['{ f() { return ', ' } }'],
  classes: ['class extends ', ' {}'],
  'class fields': ['class { a = ', ' }'],
  'static blocks': ['class { static { f(', ') } }'],
  imports: ['import(', ')'],
  spreads: ['[...', ']'],
  sequences: ['(a, ', ')'],
  comparisons: ['a < ', ''],
  'closers in texts': ['f(")]}", ', ')'],
  'closers in comments': ['f(/* ")]}` */ ', ')'],
  'closers behind lines': ['f( // )]}"`\n', ')'],
  'closers in patterns': ['f(/["`)]/, ', ')'],
  'quotes in patterns': [`f(")" + /"/, f(`, '))'],
  'backquotes in patterns': ['[/`/, ")", ', ', /`/]'],
  'closers in templates': ['f(`)]}\\``, ', ')'],
};

/** Levels that stand in statements and hold statements. */
export const statementLevels: Readonly<Record<string, Level>> = {
  blocks: ['{ ', ' }'],
  ifs: ['if (a) ', ''],
  elses: ['if (a) b; else ', ''],
  'elses of blocks': ['if (a) { b } else ', ''],
  'elses without semicolons': ['if (a) b\nelse ', ''],
  'elses of loops': ['if (a) do b; while (c) else ', ''],
  'elses of labels': ['if (a) break here; else ', ''],
  'elses of variables': ['if (a) var b = 1; else ', ''],
  'elses of tries': ['if (a) try {} catch {} else ', ''],
  loops: ['for (const a of b) ', ''],
  'counting loops': ['for (let a = 0; a < 1; a++) ', ''],
  whiles: ['while (a) ', ''],
  dos: ['do ', ' while (a)'],
  switches: ['switch (a) { case 1: ', ' }'],
  tries: ['try { ', ' } finally {}'],
  catches: ['try {} catch { ', ' }'],
  functions: ['function f() { ', ' }'],
  namespaces: ['namespace A { ', ' }'],
};

/** Levels that stand in types and hold types. */
export const typeLevels: Readonly<Record<string, Level>> = {
  arguments: ['A<', '>'],
  'later arguments': ['A<B, ', '>'],
  arrays: ['', '[]'],
  parentheses: ['(', ')'],
  objects: ['{ a: ', ' }'],
  'object members': ['{ a: B; b(): C\n c: ', ' }'],
  functions: ['() => ', ''],
  parameters: ['(a: ', ') => B'],
  constructors: ['new () => ', ''],
  conditions: ['A extends B ? C : ', ''],
  'left conditions': ['A extends B ? ', ' : C'],
  'key names': ['keyof (', ')'],
  readonly: ['readonly (', ')[]'],
  unions: ['A | (', ')'],
  tuples: ['[A, ', ']'],
  indexes: ['A[', ']'],
  templates: ['`a${', '}`'],
  mapped: ['{ [K in A]: ', ' }'],
  generics: ['<T extends ', '>() => A'],
  guards: ['(a: ', ') => a is B'],
};

/** Levels that stand in elements and hold elements. */
export const elementLevels: Readonly<Record<string, Level>> = {
  elements: ['<a>', '</a>'],
  'elements with text': ['<><p>It\'s (so; see "a`</p><a b="c\'" d>', 'else, if</a></>'],
  fragments: ['<>', '</>'],
  attributes: ['<a b={', '} />'],
  'elements as attributes': ['<a b=', ' />'],
  expressions: ['<a>; )]<b.c />{', '}</a>'],
  conditions: ['<a>{b ? <i>here or there</i> : ', '}</a>'],
  lists: ['<a>{b.map((c) => ', ')}</a>'],
};

export const nest = ([before, after]: Level, levels: number, inner: string): string => before.repeat(levels) + inner + after.repeat(levels);

export const nestAll = (levels: readonly Level[], inner: string): string =>
  levels.reduceRight((text, [before, after]) => before + text + after, inner);
