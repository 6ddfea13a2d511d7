import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { nearestName } from './nearest-name.ts';

/** A YAML (or JSON) file as written, and the place of every value in it. */
export interface DataFile {
  /** Name shown in messages. */
  readonly name: string;
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Parses a data file. Throws a {@link UserError} with line and column when it is no YAML. */
export function parseDataFile(name: string, text: string): DataFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true, uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new UserError(
      'broken-data-file',
      `${name}:${line}:${col} is no valid YAML: ${error.message}`,
      'Correct the line; nothing was changed.',
    );
  }
  return { name, text, document, lines };
}

/** Validates the file's value; throws a {@link UserError} that says where, what is wrong and what was probably meant. */
export function validateDataFile<Schema extends z.ZodType>({ name, document, lines }: DataFile, schema: Schema): z.output<Schema> {
  const value = plainValueOf(name, document);
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...(issue?.path ?? []), ...(key === undefined ? [] : [key])].map((part) =>
    typeof part === 'symbol' ? String(part) : part,
  );
  const { line, col } = lines.linePos(offsetOf(document, path));
  const where = `${name}:${line}:${col}`;
  if (key === undefined) {
    const what = path.length === 0 ? 'the file' : path.join('.');
    throw new UserError(
      'invalid-data-file',
      `${where} ${what}: ${issue === undefined ? 'is not as expected' : problemOf(issue)}`,
      'Correct the value; nothing was changed.',
    );
  }
  const known = knownKeys(schema, path.slice(0, -1));
  const near = nearestName(key, known);
  throw new UserError(
    'unknown-key',
    `${where} unknown key "${path.join('.')}"`,
    near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean "${near}"?`,
  );
}

/** The plain value; an alias that names nothing, or a file that unfolds without end, is an error of the file. */
function plainValueOf(name: string, document: Document.Parsed): unknown {
  try {
    return document.toJS() ?? {};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError('broken-data-file', `${name} is no valid YAML: ${reason}`, 'Correct the file; nothing was changed.');
  }
}

/** What is wrong with a value, in the words of YAML. */
function problemOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return issue.message.replace(/^Invalid (?:input|option): /, '');
  const expected = KINDS[issue.expected] ?? issue.expected;
  return issue.input === undefined ? `expected ${expected}, found nothing` : `expected ${expected}, found ${kindOf(issue.input)}`;
}

const kindOf = (value: unknown): string => {
  if (value === null) return 'nothing';
  return KINDS[Array.isArray(value) ? 'array' : typeof value] ?? typeof value;
};

const KINDS: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** Place of the key at the end of a path, of the nearest node above it when it is missing. */
export function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    const child: { readonly key?: Node; readonly value: Node | null } | undefined = childAt(node, part);
    if (child === undefined) break;
    offset = (child.key ?? child.value)?.range?.[0] ?? offset;
    node = child.value;
  }
  return offset;
}

function childAt(node: Node | null, part: string | number): { readonly key?: Node; readonly value: Node | null } | undefined {
  if (isMap<Node, Node | null>(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
    return pair === undefined ? undefined : { key: pair.key, value: pair.value };
  }
  const items: unknown = node !== null && 'items' in node ? node.items : undefined;
  if (!Array.isArray(items) || typeof part !== 'number' || part >= items.length) return undefined;
  return { value: items[part] as Node };
}

/** Keys that the schema knows at a path. */
function knownKeys(schema: z.ZodType, path: readonly (string | number)[]): readonly string[] {
  let current: unknown = schema;
  for (const part of path) current = innerSchema(current, String(part));
  const shape = shapeOf(current);
  return shape === undefined ? [] : Object.keys(shape).sort();
}

interface SchemaDefinition {
  readonly innerType?: unknown;
  /** What goes into a transformation. */
  readonly in?: unknown;
  readonly valueType?: unknown;
  readonly shape?: Readonly<Record<string, unknown>>;
}

/** Looks through defaults, optionals and transformations to the definition below. */
function definitionOf(schema: unknown): SchemaDefinition | undefined {
  const definition = (schema as { readonly def?: SchemaDefinition } | undefined)?.def;
  const below = definition?.innerType ?? definition?.in;
  return below === undefined ? definition : definitionOf(below);
}

const shapeOf = (schema: unknown): Readonly<Record<string, unknown>> | undefined => definitionOf(schema)?.shape;

const innerSchema = (schema: unknown, key: string): unknown => shapeOf(schema)?.[key] ?? definitionOf(schema)?.valueType;
