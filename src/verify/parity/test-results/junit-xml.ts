import type { TestResult } from './test-result.ts';

/** Reads JUnit's XML, as most test runners can write it: `testcase` elements and what stands in them. */
export function readJunitXml(text: string): readonly TestResult[] {
  const results: TestResult[] = [];
  let open: { readonly name: string; status: TestResult['status'] } | undefined;
  for (const tag of tagsOf(text)) {
    if (tag.name === 'testcase' && tag.kind !== 'end') {
      const { classname, name } = tag.attributes;
      open = { name: [classname, name].filter((part) => part !== undefined && part !== '').join(' › '), status: 'passed' };
    } else if (open !== undefined && (tag.name === 'failure' || tag.name === 'error')) open.status = 'failed';
    else if (open !== undefined && tag.name === 'skipped' && open.status === 'passed') open.status = 'skipped';
    if (tag.name === 'testcase' && tag.kind !== 'start' && open !== undefined) {
      results.push({ ...open });
      open = undefined;
    }
  }
  if (results.length === 0 && !text.includes('<testsuite')) throw new Error('it holds no testsuite element');
  return results;
}

interface Tag {
  readonly name: string;
  readonly kind: 'start' | 'end' | 'empty';
  readonly attributes: Readonly<Record<string, string>>;
}

/** Text, comments and CDATA (which may hold anything) are passed over. */
const MARKUP = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function* tagsOf(text: string): Generator<Tag> {
  for (const [, slash, name, attributes = '', closed] of text.matchAll(MARKUP)) {
    if (name === undefined) continue;
    const pairs = Array.from(attributes.matchAll(ATTRIBUTE), ([, key = '', double, single]) => [key, decode(double ?? single ?? '')]);
    yield { name, kind: slash === '/' ? 'end' : closed === '/' ? 'empty' : 'start', attributes: Object.fromEntries(pairs) };
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decode = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal !== undefined ? String.fromCodePoint(Number(decimal)) : (ENTITIES[name] ?? whole);
  });
