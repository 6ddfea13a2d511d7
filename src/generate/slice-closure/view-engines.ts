import { ts } from 'ts-morph';
import type { ModuleSource } from './module-source.ts';
import type { TextEdit } from './text-edits.ts';

/** A template engine that Express loads by its name when it first renders: a bundle has no packages to load. */
export interface ViewEngine {
  /** Package, and ending of its templates. */
  readonly name: string;
  readonly statement: ts.ExpressionStatement;
  readonly application: ts.Expression;
}

/** Engines with the function that Express looks for, `__express`. */
const ENGINES: ReadonlySet<string> = new Set(['ejs', 'eta', 'hbs', 'jade', 'pug', 'squirrelly', 'twig', 'vash']);

/** Finds `app.set('view engine', 'pug')` in kept code, where the module does not itself say which function renders such files. */
export function findViewEngines(module: ModuleSource, isKept: (offset: number) => boolean): readonly ViewEngine[] {
  const found: ViewEngine[] = [];
  const registered = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression: application } = node.expression;
      const [first, second] = node.arguments.map((each) => (ts.isStringLiteralLike(each) ? each.text : undefined));
      if (name.text === 'engine' && first !== undefined) registered.add(first.replace(/^\./, ''));
      const isSetting = name.text === 'set' && first === 'view engine' && second !== undefined && ENGINES.has(second);
      if (isSetting && ts.isExpressionStatement(node.parent) && isKept(node.getStart(module.file)))
        found.push({ name: second, statement: node.parent, application });
    }
    ts.forEachChild(node, visit);
  };
  visit(module.file);
  return found.filter(({ name }) => !registered.has(name));
}

/** `app.set('view engine', 'pug'); app.engine('pug', require('pug').__express);`, which bundlers follow. */
export function registerViewEngines(module: ModuleSource, engines: readonly ViewEngine[]): readonly TextEdit[] {
  return engines.map(({ name, statement, application }) => {
    const line = statement.getText(module.file);
    const quote = line.includes('"') ? '"' : "'";
    const end = line.endsWith(';') ? ';' : '';
    const indent = /[ \t]*$/.exec(module.text.slice(0, statement.getStart(module.file)))?.[0] ?? '';
    const literal = `${quote}${name}${quote}`;
    const text = `\n${indent}${application.getText(module.file)}.engine(${literal}, require(${literal}).__express)${end}`;
    return { start: statement.end, end: statement.end, text };
  });
}
