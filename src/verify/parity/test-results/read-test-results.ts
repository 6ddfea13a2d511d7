import type { TestResultFormat } from '../../../model/configuration.ts';
import { readJestJson } from './jest-json.ts';
import { readJunitXml } from './junit-xml.ts';
import { readNewmanJson } from './newman-json.ts';
import { type TestResult, withUniqueNames } from './test-result.ts';

/** Reads a report of the suite; throws when it has not the form it should have. Files are named relative to the root. */
export function readTestResults(text: string, format: TestResultFormat, root: string): readonly TestResult[] {
  return withUniqueNames(readers[format](text, root));
}

const readers: Readonly<Record<TestResultFormat, (text: string, root: string) => readonly TestResult[]>> = {
  'jest-json': readJestJson,
  'junit-xml': readJunitXml,
  'newman-json': readNewmanJson,
};
