import { ts } from 'ts-morph';

/** A call that is given instances of classes: `rateLimit({ store: new MemoryStore() })`. */
export interface HandedOut {
  readonly start: number;
  /** The name its callee begins with. */
  readonly callee: string;
  /** Names of the classes. */
  readonly classes: readonly string[];
}

/** Finds instances among arguments, made there or held by a variable of the file. */
export function findHandedOut(file: ts.SourceFile): readonly HandedOut[] {
  const instances = new Map<string, string>();
  const found: HandedOut[] = [];
  const collect = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      const made = classOf(node.initializer);
      if (made !== undefined) instances.set(node.name.text, made);
    }
    ts.forEachChild(node, collect);
  };
  const visit = (node: ts.Node): void => {
    const callee = ts.isCallExpression(node) || ts.isNewExpression(node) ? rootName(node.expression) : undefined;
    if (callee !== undefined && (ts.isCallExpression(node) || ts.isNewExpression(node))) {
      const classes = (node.arguments ?? []).flatMap((argument) => instancesIn(argument, instances));
      if (classes.length > 0) found.push({ start: node.getStart(file), callee, classes });
    }
    ts.forEachChild(node, visit);
  };
  collect(file);
  visit(file);
  return found.sort((left, right) => left.start - right.start);
}

function instancesIn(node: ts.Expression, instances: ReadonlyMap<string, string>): readonly string[] {
  const made = classOf(node);
  if (made !== undefined) return [made];
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node))
    return instancesIn(node.expression, instances);
  if (ts.isIdentifier(node)) return [instances.get(node.text) ?? []].flat();
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((element) => instancesIn(element, instances));
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((property) => {
    if (ts.isPropertyAssignment(property)) return instancesIn(property.initializer, instances);
    return ts.isShorthandPropertyAssignment(property) ? [instances.get(property.name.text) ?? []].flat() : [];
  });
}

const classOf = (node: ts.Expression): string | undefined =>
  ts.isNewExpression(node) && ts.isIdentifier(node.expression) ? node.expression.text : undefined;

const rootName = (node: ts.Expression): string | undefined => {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) || ts.isCallExpression(node) ? rootName(node.expression) : undefined;
};
