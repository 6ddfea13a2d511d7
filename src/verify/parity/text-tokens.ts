/** A piece of a text that is compared as one. */
export interface TextToken {
  readonly text: string;
  /**
   * `time 0-0-0`, `ago`, `uuid`, `jwt`, `opaque`, `number`, `nothing`, `word` or `sign`. Tokens of one form may stand for each
   * other where a value is volatile: a time for a time written in the same way, never a word for a time.
   */
  readonly form: string;
}

/** Cuts a text into times, identifiers, numbers, words and single other signs. */
export function tokensOf(text: string): readonly TextToken[] {
  return Array.from(text.matchAll(TOKEN), ({ 0: found, groups }) => ({ text: found, form: formOf(found, groups ?? {}) }));
}

/** The form of a whole text, as far as it is sure: a random text may look like a word one time and like a number the next. */
export function formOfText(text: string): string {
  if (text.trim() === '' || NOTHING.test(text)) return 'nothing';
  const [first, second] = tokensOf(text);
  return first !== undefined && second === undefined && /^(?:time|uuid|jwt)/.test(first.form) ? first.form : 'text';
}

const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*';
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*';
const CLOCK = '\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?(?:\\s?[AaPp][Mm]\\b)?';
const ZONE = '(?:\\s?(?:Z\\b|(?:GMT|UTC)(?:[+-]\\d{4})?(?: \\([^)]*\\))?|[+-]\\d{2}:?\\d{2}\\b))?';
const TIMES = [
  `\\d{4}-\\d{2}-\\d{2}(?:[T ]${CLOCK}${ZONE})?`,
  `(?:${DAY},? )?\\d{1,2} ${MONTH} \\d{4}(?:,? ${CLOCK}${ZONE})?`,
  `(?:${DAY},? )?${MONTH} \\d{1,2},? \\d{4}(?:,? ${CLOCK}${ZONE})?`,
  `\\d{1,4}[/.]\\d{1,2}[/.]\\d{2,4}(?:,? ${CLOCK}${ZONE})?`,
  `${CLOCK}${ZONE}`,
];
const UUID = '[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}';
const JWT = 'eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*';
/** Long, and with a digit and a letter: a digest, a key, an id of a document store. */
const OPAQUE = '(?=[\\w-]*\\d)(?=[\\w-]*[a-z])(?:[\\w-]{20,}|[\\da-f]{12,})';

const AGO = '\\d+ (?:sec(?:ond)?|min(?:ute)?)s? ago';

const TOKEN = new RegExp(
  `(?<![\\w-])(?:(?<time>${TIMES.join('|')})|(?<ago>${AGO})|(?<uuid>${UUID})|(?<jwt>${JWT})|(?<opaque>${OPAQUE}))(?![\\w-])|(?<number>\\d+(?:\\.\\d+)?)|[\\p{L}_]+|[^]`,
  'giu',
);

/** What code prints for a value that is not there. */
const NOTHING = /^(?:undefined|null|NaN|Invalid Date|Invalid date|\[object \w+\])$/;

function formOf(text: string, groups: Readonly<Record<string, string | undefined>>): string {
  if (groups.time !== undefined) return `time ${howWritten(text)}`;
  if (groups.ago !== undefined) return 'ago';
  if (groups.uuid !== undefined) return 'uuid';
  if (groups.jwt !== undefined) return 'jwt';
  if (groups.opaque !== undefined) return 'opaque';
  if (groups.number !== undefined) return 'number';
  if (NOTHING.test(text)) return 'nothing';
  return /[\p{L}_]/u.test(text) ? 'word' : 'sign';
}

/** `2026-11-23T09:30:00.120Z` is `0-0-0T0:0:0Z`: databases leave out zeros at the end of a second's fraction. */
const howWritten = (time: string): string =>
  time
    .replace(/(:\d{2})[.,]\d+/, '$1')
    .replace(/\d+/g, '0')
    .replace(/[A-Za-z]{3,}|[AaPp][Mm]/g, (word) => (/^(?:GMT|UTC)$/.test(word) ? word : 'a'));
