import type { Node } from 'oxc-parser';
import { awaited } from './builtins/promise.ts';
import type { Machine } from './machine.ts';
import { lookUp } from './scope.ts';
import { type CallSite, type ClassValue, type Provider, UNKNOWN, type Value } from './value.ts';

/**
 * What a container gives for a token or a class: what was provided for it, else the class's one instance. Constructor
 * parameters are made in the same way by the tokens of their decorators or the classes that their types name.
 */
export function injected(machine: Machine, wanted: Value | undefined, site: CallSite): Value {
  const key = tokenOf(wanted);
  const provider = key === undefined ? undefined : machine.state.providers.get(key);
  if (provider === undefined) return instanceOf(machine, wanted, site);
  switch (provider.as) {
    case 'value':
      return provider.value;
    case 'class':
      return instanceOf(machine, provider.value, site);
    case 'factory':
      return awaited(machine.call(provider.value, UNKNOWN, [UNKNOWN], site));
  }
}

/** Remembers what a container is to give for a token. */
export function provide(machine: Machine, token: Value | undefined, given: Value | undefined, as: Provider['as'] | 'provider'): void {
  const key = tokenOf(token);
  const value = given ?? token;
  if (key === undefined || value === undefined) return;
  const provider = as === 'provider' ? providerOf(value) : { as, value };
  if (provider !== undefined) machine.state.providers.set(key, provider);
}

function providerOf(value: Value): Provider | undefined {
  if (value.kind === 'class') return { as: 'class', value };
  const members = value.kind === 'object' ? value.properties : undefined;
  const forms = { useClass: 'class', useValue: 'value', useFactory: 'factory' } as const;
  for (const [name, as] of Object.entries(forms)) {
    const member = members?.get(name);
    if (member !== undefined) return { as, value: member };
  }
  return undefined;
}

const tokenOf = (value: Value | undefined): string | Node | undefined =>
  value?.kind === 'class' ? value.node : value?.kind === 'constant' && typeof value.value === 'string' ? value.value : undefined;

function instanceOf(machine: Machine, wanted: Value | undefined, site: CallSite): Value {
  if (wanted?.kind !== 'class') return { kind: 'unknown', origin: site };
  const { instances } = machine.state;
  const known = instances.get(wanted.node);
  if (known !== undefined) return known;
  instances.set(wanted.node, UNKNOWN);
  const { owner, parameters } = constructorOf(wanted);
  const given = parameters.map((parameter) =>
    injected(machine, decoratedToken(machine, owner, parameter) ?? classNamed(owner, typeName(parameter)), site),
  );
  const made = machine.construct(wanted, given, site);
  instances.set(wanted.node, made);
  return made;
}

/** `@inject(TOKEN)` of a constructor parameter. */
function decoratedToken(machine: Machine, owner: ClassValue, parameter: Node): Value | undefined {
  const decorators = 'decorators' in parameter && Array.isArray(parameter.decorators) ? parameter.decorators : [];
  for (const { expression } of decorators) {
    if (expression.type !== 'CallExpression' || expression.callee.type !== 'Identifier' || !/^inject$/i.test(expression.callee.name))
      continue;
    const [token] = expression.arguments;
    if (token === undefined || token.type === 'SpreadElement') continue;
    const frame = { module: owner.module, symbol: owner.symbol, thisValue: UNKNOWN, returns: [], yields: [] };
    return machine.evaluate(token, { scope: owner.scope, frame });
  }
  return undefined;
}

function constructorOf(wanted: ClassValue): { readonly owner: ClassValue; readonly parameters: readonly Node[] } {
  for (let current: Value | undefined = wanted; current?.kind === 'class'; current = current.superClass) {
    if (current.constructorMember !== undefined) return { owner: current, parameters: current.constructorMember.value.params };
  }
  return { owner: wanted, parameters: [] };
}

function typeName(parameter: Node): string | undefined {
  const target = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  const name = target.type === 'AssignmentPattern' ? target.left : target;
  const type = name.type === 'Identifier' ? name.typeAnnotation?.typeAnnotation : undefined;
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : undefined;
}

function classNamed(owner: ClassValue, name: string | undefined): Value | undefined {
  const binding = name === undefined ? undefined : lookUp(owner.scope, name);
  return binding?.live?.() ?? binding?.value;
}
