import type { Argument, CallExpression, Expression, NewExpression, TaggedTemplateExpression } from 'oxc-parser';
import { recordMember } from './bindings.ts';
import { iterated } from './builtins/collections.ts';
import { anyMember } from './builtins/object-global.ts';
import { initialiseFields } from './classes.ts';
import { addOpenCall } from './closure-graph.ts';
import { isNullish } from './join.ts';
import { type Environment, type Machine, siteOf, unknownAt } from './machine.ts';
import { keyText } from './patterns.ts';
import { markReceiver, strip } from './spans.ts';
import { arrayOf, constant, UNDEFINED, UNKNOWN, type Value } from './value.ts';

/** Evaluates a call as it is written: receiver, callee, arguments, then the call. */
export function evaluateCall(machine: Machine, node: CallExpression, environment: Environment): Value {
  markReceiver(machine.state, node);
  const callee = strip(node.callee);
  const site = siteOf(environment, node);
  if (callee.type === 'Super') return callSuper(machine, node, environment);
  if (callee.type === 'Identifier' && callee.name === 'eval') return UNKNOWN;
  if (callee.type !== 'MemberExpression' || callee.object.type === 'Super') {
    const value = machine.evaluate(callee as Expression, environment);
    addOpenCall(machine.state.closure, value, site);
    if (isShort(node, value)) return UNDEFINED;
    const thisValue = callee.type === 'MemberExpression' ? environment.frame.thisValue : UNKNOWN;
    return machine.call(value, thisValue, evaluateArguments(machine, node.arguments, environment), site);
  }
  const receiver = machine.evaluate(callee.object, environment);
  if (callee.optional && receiver.kind === 'constant' && isNullish(receiver) === true) {
    addOpenCall(machine.state.closure, receiver, site);
    return UNDEFINED;
  }
  recordMember(machine, receiver, strip(callee.object), environment);
  const value = calledMember(machine, receiver, callee, environment);
  recordMember(machine, value, callee, environment);
  addOpenCall(machine.state.closure, value, site);
  if (isShort(node, value)) return UNDEFINED;
  return machine.call(value, receiver, evaluateArguments(machine, node.arguments, environment), site);
}

/** `hook?.(app)` of something that does not exist. */
const isShort = (node: CallExpression, value: Value): boolean => node.optional && value.kind === 'constant' && isNullish(value) === true;

function calledMember(
  machine: Machine,
  receiver: Value,
  callee: Extract<Expression, { type: 'MemberExpression' }>,
  environment: Environment,
): Value {
  if (!callee.computed) {
    const name = keyText(machine, callee.property, false, environment);
    return name === undefined ? UNKNOWN : machine.getMember(receiver, name, siteOf(environment, callee));
  }
  const key = machine.evaluate(callee.property, environment);
  const site = siteOf(environment, callee);
  if (key.kind === 'constant') return machine.getMember(receiver, String(key.value), site);
  if (key.kind === 'union') {
    const names = key.options.filter((option) => option.kind === 'constant');
    return { kind: 'union', options: names.map((name) => machine.getMember(receiver, String(name.value), site)) };
  }
  return anyMember(receiver) ?? unknownAt(machine, site);
}

/** `super(…)`: the base constructor on the present instance, then the fields of the present class. */
function callSuper(machine: Machine, node: CallExpression, environment: Environment): Value {
  const { thisValue, home } = environment.frame;
  const given = evaluateArguments(machine, node.arguments, environment);
  if (thisValue.kind !== 'instance' || home?.superClass === undefined) return UNDEFINED;
  const site = siteOf(environment, node);
  machine.runConstructor(home.superClass, thisValue, given, site);
  initialiseFields(machine, home, thisValue, site);
  return UNDEFINED;
}

export function evaluateNew(machine: Machine, node: NewExpression, environment: Environment): Value {
  const callee = machine.evaluate(node.callee, environment);
  return machine.construct(callee, evaluateArguments(machine, node.arguments, environment), siteOf(environment, node));
}

/** What is thrown is looked at by nobody here: while exploring, its constructor is left to the call graph. */
export function evaluateThrown(machine: Machine, node: Expression, environment: Environment): void {
  if (machine.state.mode === 'booting' || node.type !== 'NewExpression') machine.evaluate(node, environment);
  else evaluateArguments(machine, node.arguments, environment);
}

export function evaluateTagged(machine: Machine, node: TaggedTemplateExpression, environment: Environment): Value {
  const texts = arrayOf(node.quasi.quasis.map((quasi) => constant(quasi.value.cooked ?? quasi.value.raw)));
  const values = node.quasi.expressions.map((expression) => machine.evaluate(expression, environment));
  return machine.call(machine.evaluate(node.tag, environment), UNKNOWN, [texts, ...values], siteOf(environment, node));
}

function evaluateArguments(machine: Machine, nodes: readonly Argument[], environment: Environment): readonly Value[] {
  const given: Value[] = [];
  for (const node of nodes) {
    if (node.type !== 'SpreadElement') given.push(machine.evaluate(node, environment));
    else {
      const list = iterated(machine.evaluate(node.argument, environment));
      for (const element of list?.elements ?? []) given.push(element);
      if (list?.complete !== true) given.push(unknownAt(machine, siteOf(environment, node)));
    }
  }
  return given;
}
