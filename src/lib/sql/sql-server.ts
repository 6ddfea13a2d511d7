import { rewriteCode } from './replace-placeholders.ts';

/** A name in brackets, but no subscript: `[Order Details]`. */
const bracketed = /(?<![\w\])"])\[([A-Za-z_][\w ]*)\]/g;

/** Brackets become the quotes of the standard. */
export const replaceBrackets = (text: string): string => rewriteCode(text, (code) => code.replace(bracketed, '"$1"'));

/**
 * What SQL Server writes beside the standard: `TOP`, hints for locks, and `OUTPUT`, which gives rows that were changed. None of
 * them names a table.
 */
export const withoutSqlServerClauses = (text: string): string =>
  rewriteCode(text, (code) =>
    code
      .replace(/\b(select(?:\s+distinct)?|delete|update|insert)\s+top\s*(?:\(\s*[^()]*\s*\)|[$\w\uE000]+)(?:\s+percent)?/gi, '$1')
      .replace(/\bwith\s*\(\s*(?:nolock|rowlock|updlock|holdlock|readpast|tablock|tablockx|xlock|readuncommitted)[\s\w,]*\)/gi, '')
      .replace(
        /\boutput\s+(?:inserted|deleted)\.(?:\w+|\*)(?:\s+as\s+\w+)?(?:\s*,\s*(?:inserted|deleted)\.(?:\w+|\*)(?:\s+as\s+\w+)?)*/gi,
        '',
      ),
  );
