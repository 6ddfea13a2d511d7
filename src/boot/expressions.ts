import type { Expression, ImportExpression } from 'oxc-parser';
import { assignTarget } from './bindings.ts';
import { iterated } from './builtins/collections.ts';
import { globImports } from './builtins/module-loaders.ts';
import { anyMember } from './builtins/object-global.ts';
import { awaited, promiseOf } from './builtins/promise.ts';
import { evaluateCall, evaluateNew, evaluateTagged } from './call-expressions.ts';
import { assignment, conditional, logical } from './choice-expressions.ts';
import { makeClass } from './classes.ts';
import { loadComputed } from './computed-loads.ts';
import { concatenate, foldBinary, foldUnary } from './fold.ts';
import { makeFunction } from './functions.ts';
import { isNullish, join } from './join.ts';
import { awaitObject } from './library.ts';
import { arrayLiteral, objectLiteral } from './literal-expressions.ts';
import { type Environment, type Machine, PERHAPS, siteOf, step, unknownAt } from './machine.ts';
import { absoluteDirectory, absoluteFile, compiledName } from './paths.ts';
import { keyText } from './patterns.ts';
import { lookUp } from './scope.ts';
import { type CallSite, constant, type ModuleState, objectOf, UNDEFINED, UNKNOWN, type Value } from './value.ts';

/** Evaluates an expression to what is known of its value, with all its effects. */
export function evaluate(machine: Machine, node: Expression, environment: Environment): Value {
  if (!step(machine, environment, node)) return UNKNOWN;
  machine.state.nesting += 1;
  const value = dispatch(machine, node, environment);
  machine.state.nesting -= 1;
  return value;
}

function dispatch(machine: Machine, node: Expression, environment: Environment): Value {
  switch (node.type) {
    case 'Literal':
      return literal(node);
    case 'TemplateLiteral':
      return template(machine, node, environment);
    case 'Identifier':
      return readName(machine, node.name, environment) ?? unknownAt(machine, siteOf(environment, node));
    case 'ThisExpression':
      return environment.frame.thisValue;
    case 'Super':
      return environment.frame.home?.superClass ?? UNKNOWN;
    case 'MemberExpression':
      return member(machine, node, environment);
    case 'CallExpression':
      return evaluateCall(machine, node, environment);
    case 'NewExpression':
      return evaluateNew(machine, node, environment);
    case 'TaggedTemplateExpression':
      return evaluateTagged(machine, node, environment);
    case 'ImportExpression':
      return dynamicImport(machine, node, environment);
    case 'ObjectExpression':
      return objectLiteral(machine, node, environment);
    case 'ArrayExpression':
      return arrayLiteral(machine, node, environment);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return makeFunction(machine, node, environment);
    case 'ClassExpression':
    case 'ClassDeclaration':
      return makeClass(machine, node, environment);
    case 'AssignmentExpression':
      return assignment(machine, node, environment);
    case 'LogicalExpression':
      return logical(machine, node, environment);
    case 'ConditionalExpression':
      return conditional(machine, node, environment);
    case 'UnaryExpression':
      return foldUnary(node.operator, machine.evaluate(node.argument, environment));
    case 'BinaryExpression': {
      if (node.left.type === 'PrivateIdentifier') return UNKNOWN;
      const left = machine.evaluate(node.left, environment);
      return foldBinary(node.operator, left, machine.evaluate(node.right, environment));
    }
    case 'UpdateExpression': {
      const old = machine.evaluate(node.argument as Expression, environment);
      const change = node.operator === '++' ? 1 : -1;
      const updated = old.kind === 'constant' ? constant(Number(old.value) + change) : UNKNOWN;
      assignTarget(machine, node.argument, updated, environment);
      return node.prefix ? updated : old;
    }
    case 'SequenceExpression': {
      let last: Value = UNDEFINED;
      for (const part of node.expressions) last = machine.evaluate(part, environment);
      return last;
    }
    case 'AwaitExpression':
      return waited(machine, awaitValue(machine, machine.evaluate(node.argument, environment), siteOf(environment, node)));
    case 'YieldExpression': {
      const value = node.argument === null ? UNDEFINED : machine.evaluate(node.argument, environment);
      environment.frame.yields.push(...(node.delegate ? (iterated(value)?.elements ?? []) : [value]));
      return UNKNOWN;
    }
    case 'MetaProperty':
      return importMeta(machine, environment);
    case 'ParenthesizedExpression':
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      return machine.evaluate(node.expression, environment);
    default:
      return unknownAt(machine, siteOf(environment, node));
  }
}

function awaitValue(machine: Machine, value: Value, site: CallSite): Value {
  const known = awaited(value);
  return known.kind === 'library' ? awaitObject(machine, known, site) : known;
}

/** What a function of start-up does after it waited may come after the first requests. */
function waited({ state }: Machine, value: Value): Value {
  if (state.mode === 'booting' && state.stack.length > 0 && state.guards.at(-1) !== PERHAPS) state.guards.push(PERHAPS);
  return value;
}

function literal(node: Extract<Expression, { type: 'Literal' }>): Value {
  if ('regex' in node) return { kind: 'pattern', source: node.regex.pattern, flags: node.regex.flags };
  return typeof node.value === 'bigint' ? UNKNOWN : constant(node.value);
}

function template(machine: Machine, node: Extract<Expression, { type: 'TemplateLiteral' }>, environment: Environment): Value {
  const values = node.quasis.flatMap((quasi, index) => {
    const text = constant(quasi.value.cooked ?? quasi.value.raw);
    const expression = node.expressions[index];
    return expression === undefined ? [text] : [text, machine.evaluate(expression, environment)];
  });
  return concatenate(values);
}

/** The value of a name; `undefined` for a name that nothing declares. */
function readName(machine: Machine, name: string, environment: Environment): Value | undefined {
  const binding = lookUp(environment.scope, name);
  if (binding !== undefined) return binding.live === undefined ? (binding.value ?? UNKNOWN) : binding.live();
  const { module } = environment.frame;
  if (name === '__dirname') return constant(absoluteDirectory(module.id));
  if (name === '__filename') return constant(ownFile(module));
  const modelled = machine.models.global(name);
  if (modelled !== undefined) return { kind: 'export', ...modelled, package: 'globals', path: [name] };
  return machine.globals.get(name) ?? assignedGlobal(machine, name);
}

/** `global.shelfRoot = …` declares a name for all modules. */
function assignedGlobal({ globals }: Machine, name: string): Value | undefined {
  const holder = globals.get('globalThis');
  return holder?.kind === 'object' ? holder.properties.get(name) : undefined;
}

const ownFile = (module: ModuleState): string =>
  module.expectsCompiled() ? compiledName(absoluteFile(module.id)) : absoluteFile(module.id);

function importMeta(machine: Machine, environment: Environment): Value {
  const file = ownFile(environment.frame.module);
  const known = objectOf([
    ['glob', globImports(machine, environment.frame.module)],
    ['url', constant(`file://${file}`)],
    ['filename', constant(file)],
    ['dirname', constant(absoluteDirectory(environment.frame.module.id))],
  ]);
  known.complete = false;
  return known;
}

function member(machine: Machine, node: Extract<Expression, { type: 'MemberExpression' }>, environment: Environment): Value {
  const name = (): string | undefined => keyText(machine, node.property, node.computed, environment);
  if (isProcessEnvironment(machine, node.object, environment)) {
    const variable = name();
    return variable === undefined ? UNKNOWN : { kind: 'environment', name: variable };
  }
  if (node.object.type === 'Super') return superMember(machine, name(), node, environment);
  const object = machine.evaluate(node.object, environment);
  if (node.optional && object.kind === 'constant' && isNullish(object) === true) return UNDEFINED;
  if (node.computed) return computedMember(machine, object, machine.evaluate(node.property, environment), node, environment);
  const key = name();
  const site = siteOf(environment, node);
  return key === undefined ? unknownAt(machine, site) : machine.getMember(object, key, site);
}

/** `table[name]`: one member for each value the name may have, every member where it is not known at all. */
function computedMember(machine: Machine, object: Value, key: Value, node: Expression, environment: Environment): Value {
  const site = siteOf(environment, node);
  if (key.kind === 'constant') return machine.getMember(object, String(key.value), site);
  if (key.kind === 'union' && key.options.every((option) => option.kind === 'constant')) {
    return join(key.options.map((option) => computedMember(machine, object, option, node, environment)));
  }
  return anyMember(object) ?? unknownAt(machine, site);
}

function isProcessEnvironment(machine: Machine, node: Expression, environment: Environment): boolean {
  if (node.type === 'MemberExpression' && !node.computed && node.property.name === 'env') {
    return node.object.type === 'Identifier' && node.object.name === 'process' && lookUp(environment.scope, 'process') === undefined;
  }
  if (node.type !== 'Identifier') return false;
  const value = readName(machine, node.name, environment);
  return value?.kind === 'builtin' && value.name === 'process.env';
}

/** `super.use(…)`: the inherited member with the present `this`. */
function superMember(machine: Machine, name: string | undefined, node: Expression, environment: Environment): Value {
  const { home, thisValue } = environment.frame;
  if (name === undefined || home?.superClass === undefined) return UNKNOWN;
  const { superClass } = home;
  const found =
    superClass.kind === 'class' && thisValue.kind === 'instance'
      ? machine.getMember({ ...thisValue, class: superClass, properties: new Map() }, name, siteOf(environment, node))
      : thisValue.kind === 'instance' && thisValue.base !== undefined
        ? machine.getMember(thisValue.base, name, siteOf(environment, node))
        : UNKNOWN;
  return found;
}

function dynamicImport(machine: Machine, node: ImportExpression, environment: Environment): Value {
  const specifier = machine.evaluate(node.source, environment);
  const { module } = environment.frame;
  const written = specifier.kind === 'constant' ? String(specifier.value) : undefined;
  const target = written === undefined ? undefined : module.targets.get(written);
  if (written !== undefined && target !== undefined && target.kind !== 'unresolved')
    return promiseOf(machine.importTarget(target, written, 'import'));
  return promiseOf(loadComputed(machine, { specifier, from: module, form: 'import', site: siteOf(environment, node) }));
}
