import { ts } from 'ts-morph';
import { constantValue } from './module-places.ts';
import type { ModuleSource } from './module-source.ts';
import type { TextEdit } from './text-edits.ts';

/** A template engine that Express loads by its name when it first renders: a bundle has no packages to load. */
export interface ViewEngine {
  /** Package, and ending of its templates. */
  readonly name: string;
  /** `app.set('view engine', 'pug')`, which gives the application. */
  readonly setting: ts.CallExpression;
}

/** Engines with the function that Express looks for, `__express`. */
const ENGINES: ReadonlySet<string> = new Set(['ejs', 'eta', 'hbs', 'jade', 'pug', 'squirrelly', 'twig', 'vash']);

/** Finds `app.set('view engine', 'pug')` in kept code, where no kept module says which function renders such files. */
export const findViewEngines = (
  module: ModuleSource,
  isKept: (offset: number) => boolean,
  registered: ReadonlySet<string>,
): readonly ViewEngine[] =>
  callsOf(module, 'set', isKept).flatMap((setting) => {
    const [key, value] = setting.arguments.map((each) => textOf(module, each));
    return key === 'view engine' && value !== undefined && ENGINES.has(value) && !registered.has(value) ? [{ name: value, setting }] : [];
  });

/** Endings for which kept code says how to render them: `app.engine('hbs', …)`. */
export const registeredEngines = (module: ModuleSource, isKept: (offset: number) => boolean): readonly string[] =>
  callsOf(module, 'engine', isKept).flatMap((call) => {
    const ending = call.arguments[0] === undefined ? undefined : textOf(module, call.arguments[0]);
    return ending === undefined ? [] : [ending.replace(/^\./, '')];
  });

/** `app.set('view engine', 'pug').engine('pug', require('pug').__express)`, which bundlers follow; an expression may stand anywhere. */
export const registerViewEngines = (module: ModuleSource, engines: readonly ViewEngine[]): readonly TextEdit[] =>
  engines.map(({ name, setting }) => {
    const quote = setting.arguments[0]?.getText(module.file).startsWith('"') ? '"' : "'";
    const literal = `${quote}${name}${quote}`;
    return { start: setting.end, end: setting.end, text: `.engine(${literal}, require(${literal}).__express)` };
  });

/** Calls of a method in kept code, whatever the object. */
function callsOf(module: ModuleSource, method: string, isKept: (offset: number) => boolean): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    const isCall = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === method;
    if (isCall && isKept(node.expression.name.getStart(module.file))) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(module.file);
  return found;
}

/** A text, or the constant that holds it. */
const textOf = (module: ModuleSource, node: ts.Expression): string | undefined => {
  const value = ts.isIdentifier(node) ? constantValue(module, node) : node;
  return value !== undefined && ts.isStringLiteralLike(value) ? value.text : undefined;
};
