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
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const element of value) visit(element);
    else if (isNode(value)) visitNode(value);
  };
  const visitNode = (node: Node): void => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return;
      case 'Literal':
        if ('regex' in node) found.push(node.regex.pattern);
        else if (typeof node.value === 'string') found.push(node.value);
        return;
      case 'TemplateElement':
        found.push(node.value.cooked ?? node.value.raw);
        return;
      case 'CallExpression':
        if (node.callee.type === 'Identifier' && node.callee.name === 'require' && node.arguments[0]?.type === 'Literal') return;
        break;
      default:
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(tree.body);
  return found;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
