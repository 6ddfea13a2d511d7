/** Scans, parses and links a tree with the built stages, as `analyze` does without a checker. */
export async function linkTree(root) {
  const load = (path) => import(`../../dist/src/${path}.js`);
  const [{ scan }, { createSourceReader }, { parseAll }, { createSyntaxTrees }, { link }, { createModuleResolver }] = await Promise.all(
    ['scan/scan', 'scan/source-reader', 'parse/parse-all', 'parse/syntax-trees', 'link/link', 'link/module-resolver'].map(load),
  );
  const { value: tree } = await scan(root, { exclude: [] });
  const reader = createSourceReader(root);
  const resolver = createModuleResolver(root, tree);
  const trees = createSyntaxTrees(reader.text, 0);
  const { value: syntaxes } = parseAll({ tree, readSource: reader.text, trees, events: () => {}, resolve: resolver.resolve });
  return { tree, text: reader.text, program: link({ tree, syntaxes, resolver }).value };
}

/** A figure of a whole, as a share. */
export const share = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`);
