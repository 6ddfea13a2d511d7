import { expect, test } from 'vitest';
import type { Span } from '../../src/model/location.ts';
import { programOf } from '../support/program.ts';

const testsIn = (condition: string): readonly string[] => {
  const source = `export function open(request) { if (${condition}) { close(); } else { read(); } }`;
  const [module] = programOf({ 'src/desk.ts': source }).program.modules;
  return (module?.syntax.tests ?? []).map(({ path, present, absent }) => {
    const shown = (span: Span | undefined): string =>
      span === undefined ? '' : source.slice(span.start, span.end).replaceAll(/[{} ;]/g, '');
    const [withIt, without] = [shown(present), shown(absent)];
    return [path.join('.'), ...(withIt === '' ? [] : [`with: ${withIt}`]), ...(without === '' ? [] : [`without: ${without}`])].join(' ');
  });
};

test.each([
  ['absence', '!request.user', ['request.user with: read() without: close()']],
  ['presence', 'request.user', ['request.user with: close() without: read()']],
  ['nothing', 'request.user == null', ['request.user with: read() without: close()']],
  ['something', 'request.session?.user !== undefined', ['request.session.user with: close() without: read()']],
  ['truth', 'request.isPublic === true', ['request.isPublic with: close()']],
  [
    'one of two',
    '!request.session || !request.session.user',
    ['request.session.user without: close()', 'request.session without: close()'],
  ],
  ['both', 'request.user && request.session', ['request.session without: read()', 'request.user without: read()']],
  ['neither decides alone', '!request.user && !request.session', ['request.session with: read()', 'request.user with: read()']],
  ['a comparison', "request.user.role !== 'staff'", ['request.user.role']],
  ['a name', '!request', ['request with: read() without: close()']],
  ['a name that decides nothing', "request !== 'staff'", []],
])('%s', (_title, condition, expected) => expect(testsIn(condition)).toEqual(expected));
