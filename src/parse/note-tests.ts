import type * as ast from 'oxc-parser';
import type { Span } from '../model/location.ts';
import type { Extraction } from './extraction.ts';
import { spanOf } from './extraction.ts';

/** Notes the names and members that the test of an `if` looks at: `request.session.userId`, and what runs because there is one, or none. */
export function noteTests(x: Extraction, { test, consequent, alternate }: ast.IfStatement): void {
  const absent = spanOf(consequent);
  const otherwise = alternate === null ? undefined : spanOf(alternate);
  noteParts(x, test, { holds: absent, fails: otherwise });
}

/** What runs when a part of the test is true, and when it is not. */
interface Sides {
  readonly holds: Span | undefined;
  readonly fails: Span | undefined;
}

const MOST_PARTS = 200;

function noteParts(x: Extraction, whole: ast.Expression, sides: Sides): void {
  const pending: (readonly [ast.Expression, Sides])[] = [[whole, sides]];
  for (let count = 0; count < MOST_PARTS; count++) {
    const next = pending.pop();
    if (next === undefined) return;
    const [part, { holds, fails }] = next;
    switch (part.type) {
      case 'ParenthesizedExpression':
        pending.push([part.expression, { holds, fails }]);
        break;
      case 'UnaryExpression':
        if (part.operator === '!') pending.push([part.argument, { holds: fails, fails: holds }]);
        break;
      case 'LogicalExpression':
        // One of two that are joined does not decide alone.
        for (const side of [part.left, part.right])
          pending.push([side, part.operator === '||' ? { holds, fails: undefined } : { holds: undefined, fails }]);
        break;
      case 'BinaryExpression':
        noteCompared(x, part, { holds, fails });
        break;
      default:
        note(x, part, { present: holds, absent: fails });
    }
  }
}

/** `request.user == null`; other comparisons only look. */
function noteCompared(x: Extraction, part: ast.BinaryExpression | ast.PrivateInExpression, { holds, fails }: Sides): void {
  const { left, right, operator } = part;
  if (left.type === 'PrivateIdentifier') return;
  const equal: Sides = EQUAL.has(operator) ? { holds, fails } : UNEQUAL.has(operator) ? { holds: fails, fails: holds } : NEITHER;
  note(x, left, isNothing(right) ? { present: equal.fails, absent: equal.holds } : isTrue(right) ? { present: equal.holds } : {});
  note(x, right, {});
}

const NEITHER: Sides = { holds: undefined, fails: undefined };

const EQUAL: ReadonlySet<string> = new Set(['==', '===']);
const UNEQUAL: ReadonlySet<string> = new Set(['!=', '!==']);

const isNothing = (one: ast.Expression): boolean =>
  (one.type === 'Literal' && one.value === null) || (one.type === 'Identifier' && one.name === 'undefined');

const isTrue = (one: ast.Expression): boolean => one.type === 'Literal' && one.value === true;

/** Where code runs because there is something, and because there is nothing. */
interface Outcomes {
  readonly present?: Span | undefined;
  readonly absent?: Span | undefined;
}

function note(x: Extraction, expression: ast.Expression, { present, absent }: Outcomes): void {
  const path = pathOf(expression);
  // A name alone tells nothing but what runs because of it.
  if (path === undefined || (path.length === 1 && present === undefined && absent === undefined)) return;
  x.tests.push({
    path,
    owner: x.owner,
    at: expression.start,
    ...(present === undefined ? {} : { present }),
    ...(absent === undefined ? {} : { absent }),
  });
}

/** `['request', 'session', 'userId']`; undefined where it is no way of names. */
function pathOf(expression: ast.Expression): readonly string[] | undefined {
  const names: string[] = [];
  for (let current: ast.Expression = expression; ; ) {
    if (current.type === 'ChainExpression' || current.type === 'ParenthesizedExpression' || current.type === 'TSNonNullExpression')
      current = current.expression;
    else if (current.type === 'Identifier') return [current.name].concat(names.reverse());
    else if (current.type === 'MemberExpression' && !current.computed && current.property.type === 'Identifier') {
      names.push(current.property.name);
      current = current.object;
    } else return undefined;
  }
}
