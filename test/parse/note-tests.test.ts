import { expect, test } from 'vitest';
import { programOf } from '../support/program.ts';

const testsIn = (condition: string): readonly string[] => {
  const source = `export function open(request) { if (${condition}) { close(); } else { read(); } }`;
  const [module] = programOf({ 'src/desk.ts': source }).program.modules;
  return (module?.syntax.tests ?? []).map(({ path, absent }) => {
    const without = absent === undefined ? '' : source.slice(absent.start, absent.end).replaceAll(/[{} ;]/g, '');
    return [path.join('.'), ...(without === '' ? [] : [`without: ${without}`])].join(' ');
  });
};

test.each([
  ['absence', '!request.user', ['request.user without: close()']],
  ['presence', 'request.user', ['request.user without: read()']],
  ['nothing', 'request.user == null', ['request.user without: close()']],
  ['something', 'request.session?.user !== undefined', ['request.session.user without: read()']],
  [
    'one of two',
    '!request.session || !request.session.user',
    ['request.session.user without: close()', 'request.session without: close()'],
  ],
  ['both', 'request.user && request.session', ['request.session without: read()', 'request.user without: read()']],
  ['neither decides alone', '!request.user && !request.session', ['request.session', 'request.user']],
  ['a comparison', "request.user.role !== 'staff'", ['request.user.role']],
  ['a name', '!request', []],
])('%s', (_title, condition, expected) => expect(testsIn(condition)).toEqual(expected));
