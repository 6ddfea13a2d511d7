import { expect, test } from 'vitest';
import { createCallFlow } from '../../../../analyzers/data-access/flow/call-flow.ts';
import { callSites, valueAt } from '../../../../analyzers/data-access/flow/code-value.ts';
import { createStatementHeads, createTextsIn } from '../../../../analyzers/data-access/flow/statement-heads.ts';
import { emptyTrace } from '../../../support/findings.ts';
import { programOf } from '../../../support/program.ts';

/** Whether each `shelf.get(…)` of the code may be given a statement, and how often the calls of a function were asked for. */
function heads(code: string) {
  const flow = createCallFlow(programOf({ 'src/books.ts': code }), emptyTrace);
  let asked = 0;
  const counted = {
    ...flow,
    callsOf: (symbol: Parameters<typeof flow.callsOf>[0]) => {
      asked++;
      return flow.callsOf(symbol);
    },
  };
  const textsIn = createTextsIn(flow.program);
  const { mayBegin } = createStatementHeads(counted, textsIn);
  const reads = callSites(flow.program).filter(({ call }) => call.callee.kind === 'member' && call.callee.property === 'get');
  const answers = reads.map((site) => {
    const [text] = site.call.arguments;
    return text !== undefined && textsIn(valueAt(site, text)).some(mayBegin);
  });
  return { answers, asked };
}

const shelf = 'declare const shelf: any;\n';

test.each([
  ['a statement', "shelf.get('SELECT 1');", true],
  ['a statement after a comment', 'shelf.get(`/* all */ ${what}`);\nconst what = "SELECT 1";', true],
  ['a key', "shelf.get('book');", false],
  ['what a caller passes', "const read = (id: string) => shelf.get(id);\nread('SELECT 1');", true],
  ['what no caller passes', "const read = (id: string) => shelf.get(id);\nread('book');", false],
  ['a default', "const read = (id = 'SELECT 1') => shelf.get(id);\nread();", true],
  ['what a computed text begins with', 'const read = (id: string) => shelf.get(id);\nread(String(Date.now()));', false],
  [
    'what comes round a circle',
    "const read = (id: string) => { again(id); shelf.get(id); };\nconst again = (id: string) => read(id);\nagain('SELECT 1');",
    true,
  ],
  [
    'a circle without a statement',
    "const read = (id: string) => { again(id); shelf.get(id); };\nconst again = (id: string) => read(id);\nagain('book');",
    false,
  ],
])('tells of %s whether it may begin as one', (_, code, expected) => {
  expect(heads(shelf + code).answers).toEqual([expected]);
});

test('looks at the callers of a wrapper once, however often it is asked', () => {
  const read = (name: string) => `const ${name} = (id: string) => { shelf.get(id); shelf.get(id); outer(id); };\n`;
  const code = `${shelf}const outer = (id: string) => { shelf.get(id); };\n${read('first')}${read('second')}first('book');\nsecond('page');`;
  expect(heads(code)).toEqual({ answers: [false, false, false, false, false], asked: 3 });
});
