import type { EcmaScriptModule, StaticExport, StaticImport } from 'oxc-parser';
import { type NativeResult, parseSync } from 'oxc-parser/src-js/bindings';
import type { ImportBinding, ImportSyntax } from '../model/file-syntax.ts';
import type { ModuleId } from '../model/ids.ts';

/** What the parser's list of imports may lack: `require`, `import()`, `import x =`, ambient modules, `export {} from`. */
const notListed = /\brequire\b|\bimport\s*\(|\bimport\s+(?:type\s+)?\w+\s*=|\bdeclare\b|\bexport\s*\{\s*\}/;

/**
 * Imports and re-exports of a module from the parser's own list, in source order, without its tree, which costs several
 * times as much. Undefined where that list may not be whole, or the file has errors.
 */
export function readImportsOnly(path: ModuleId, text: string): readonly ImportSyntax[] | undefined {
  if (notListed.test(text)) return undefined;
  const { module, errors } = takeAll(parseSync(path, text));
  return errors.length > 0 || !module.hasModuleSyntax ? undefined : importsOf(module);
}

/**
 * What is not taken out of a result stays in memory that the garbage collector does not count, and so does not free: the
 * tree as JSON, thirty times the text, of every file.
 */
function takeAll(result: NativeResult): Pick<NativeResult, 'module' | 'errors'> {
  const { module, errors, program: _unread } = result;
  return { module, errors };
}

const importsOf = ({ staticImports, staticExports }: EcmaScriptModule): readonly ImportSyntax[] =>
  [...staticImports.map(toImport), ...staticExports.flatMap(toReExport)].sort((left, right) => left.span.start - right.span.start);

function toImport({ moduleRequest, entries, start, end }: StaticImport): ImportSyntax {
  const bindings = entries.map(
    ({ importName, localName, isType }): ImportBinding => ({
      imported: importName.kind === 'Default' ? 'default' : (importName.name ?? '*'),
      local: localName.value,
      typeOnly: isType,
    }),
  );
  const kind = bindings.length > 0 && bindings.every(({ typeOnly }) => typeOnly) ? 'import-type' : 'import';
  return { kind, specifier: moduleRequest.value, bindings, span: { start, end }, owner: 0 };
}

function toReExport({ entries, start, end }: StaticExport): ImportSyntax[] {
  const specifier = entries[0]?.moduleRequest?.value;
  if (specifier === undefined) return [];
  const kind = entries.every(({ isType }) => isType) ? 're-export-type' : 're-export';
  return [{ kind, specifier, bindings: [], span: { start, end }, owner: 0 }];
}
