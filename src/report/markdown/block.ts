/** One part of a Markdown report: a heading, fixed lines, and rows or items that may be cut when the report grows too large. */
export interface Block {
  readonly level: 1 | 2 | 3;
  readonly heading: string;
  readonly lines: readonly string[];
  /** Cells are Markdown already. */
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** The blocks as one document of at most `limit` bytes: headings and lines stand, rows are cut from the end, and every cut is told. */
export function renderBlocks(blocks: readonly Block[], limit: number): string {
  const fixed = blocks.map((block) => [...frame(block), ...tableHead(block)].join('\n'));
  let left = limit - blocks.length * NOTE_RESERVE - fixed.reduce((sum, part) => sum + byteLength(part) + 2, 0);
  const parts: string[] = [];
  for (const [index, block] of blocks.entries()) {
    const rows = (block.table?.rows ?? []).map((cells) => `| ${cells.join(' | ')} |`);
    const fitting = countFitting(rows, left);
    const kept = rows.slice(0, fitting);
    left -= kept.reduce((sum, row) => sum + byteLength(row) + 1, 0);
    const note =
      fitting < rows.length
        ? ['', `*${rows.length - fitting} of ${rows.length} rows are left out here; \`banyan report --format json\` has all.*`]
        : [];
    parts.push([fixed[index] ?? '', ...kept, ...note].join('\n'));
  }
  return cutToLimit(`${parts.join('\n\n')}\n`, limit);
}

const NOTE_RESERVE = 120;
const CUT_NOTE = '\n\n*The report is cut here; `banyan report --format json` has all.*\n';

const frame = (block: Block): string[] => [
  `${'#'.repeat(block.level)} ${block.heading}`,
  ...(block.lines.length > 0 ? ['', ...block.lines] : []),
];

function tableHead(block: Block): string[] {
  if (block.table === undefined) return [];
  const { columns } = block.table;
  return ['', `| ${columns.join(' | ')} |`, `| ${columns.map(() => '---').join(' | ')} |`];
}

function countFitting(rows: readonly string[], bytes: number): number {
  let sum = 0;
  const tooMany = rows.findIndex((row) => {
    sum += byteLength(row) + 1;
    return sum > bytes;
  });
  return tooMany === -1 ? rows.length : tooMany;
}

/** The last resort when even the fixed lines are too many: whole lines up to the limit. */
function cutToLimit(document: string, limit: number): string {
  if (byteLength(document) <= limit) return document;
  const lines = document.split('\n');
  const kept = lines.slice(0, countFitting(lines, limit - byteLength(CUT_NOTE)));
  return `${kept.join('\n')}${CUT_NOTE}`;
}

const byteLength = (value: string): number => Buffer.byteLength(value, 'utf8');
