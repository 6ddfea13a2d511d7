/** Scans, parses and links a tree with the built stages, as `analyze` does. */
export async function linkTree(root, types) {
  const load = (path) => import(`../../dist/src/${path}.js`);
  const [{ scan }, { createSourceReader }, { parseAll }, { createSyntaxTrees }, { linkWithTypes }, { createModuleResolver }] =
    await Promise.all(
      [
        'scan/scan',
        'scan/source-reader',
        'parse/parse-all',
        'parse/syntax-trees',
        'link/checker/link-with-types',
        'link/module-resolver',
      ].map(load),
    );
  const { openTypeScriptSeven } = await load('link/checker/typescript-seven');
  const { value: tree } = await scan(root, { exclude: [] });
  const reader = createSourceReader(root);
  const resolver = createModuleResolver(root, tree);
  const trees = createSyntaxTrees(reader.text, { mostKept: 0 });
  const { value: syntaxes } = parseAll({ tree, readSource: reader.text, trees, events: () => {}, resolve: resolver.resolve });
  const { value } = await linkWithTypes({ tree, syntaxes, resolver, root, types, openChecker: openTypeScriptSeven });
  return { tree, text: reader.text, program: value };
}

/** A figure of a whole, as a share. */
export const share = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`);
