import type { Node, Program as SyntaxTree } from 'oxc-parser';

/**
 * Whether code that looks through folders was written for what the compiler makes of them: it speaks of `.js` files and
 * never of `.ts` ones. A listing then answers with the names of the compiled files.
 */
export function expectsCompiled(tree: SyntaxTree): boolean {
  const texts = textsOf(tree).map((text) => text.replace(/\.d\.[cm]?ts\b|\.map\b/g, ''));
  return texts.some((text) => COMPILED.test(text)) && !texts.some((text) => SOURCE.test(text));
}

/** An extension with its dot, in a pattern too, or alone as a word. */
const COMPILED = /(?:\.|^|[|(,{])[cm]?js(?:$|[|),}])/;
const SOURCE = /(?:\.|^|[|(,{])[cm]?tsx?\??(?:$|[|),}])|\[jt\]s|\(j\|t\)s|\(t\|j\)s/;

/** Texts of a module, without those that name other modules. */
function textsOf(tree: SyntaxTree): readonly string[] {
  const found: string[] = [];
  // In a loop: long sums are deep trees.
  const open: unknown[] = [tree.body];
  while (open.length > 0) {
    const value = open.pop();
    if (Array.isArray(value)) for (const element of value) open.push(element);
    else if (isNode(value) && !isText(value, found) && !namesModule(value)) for (const child of Object.values(value)) open.push(child);
  }
  return found;
}

/** Whether a node is a text, which is then among those that were found. */
function isText(node: Node, found: string[]): boolean {
  if (node.type === 'TemplateElement') found.push(node.value.cooked ?? node.value.raw);
  else if (node.type !== 'Literal') return false;
  else if ('regex' in node) found.push(node.regex.pattern);
  else if (typeof node.value === 'string') found.push(node.value);
  return true;
}

function namesModule(node: Node): boolean {
  if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return true;
  return node.type === 'CallExpression' && isRequire(node.callee) && node.arguments[0]?.type === 'Literal';
}

const isRequire = (callee: Node): boolean => callee.type === 'Identifier' && callee.name === 'require';

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
