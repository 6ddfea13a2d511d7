import type { MethodDefinition, Node } from 'oxc-parser';
import { awaited } from './builtins/promise.ts';
import { memberKey, recordClass } from './decorators.ts';
import { join, optionsOf } from './join.ts';
import type { Machine } from './machine.ts';
import { lookUp } from './scope.ts';
import {
  type CallSite,
  type ClassValue,
  type Container,
  type ContainerModule,
  type DecoratorValue,
  type InstanceValue,
  type Provider,
  type TokenKey,
  UNDEFINED,
  UNKNOWN,
  type Value,
} from './value.ts';

/** Who asks a container: the module it is asked in, and where its answer is for. */
export interface Asking {
  readonly site: CallSite;
  readonly home?: ContainerModule;
}

/**
 * What a container gives for a token or a class: what was provided for it, else the class's one instance. Constructor
 * parameters and decorated properties are made in the same way by the tokens of their decorators or the classes that their
 * types name.
 */
export function injected(machine: Machine, wanted: Value | undefined, asking: Asking): Value {
  const token = resolveLater(machine, wanted, asking.site);
  if (token?.kind === 'union') return join(token.options.map((option) => injected(machine, option, asking)));
  const key = tokenOf(token);
  const providers = key === undefined ? [] : findProviders(machine, key, asking.home);
  if (providers.length === 0) return unprovided(machine, token, asking);
  return join(providers.map((provider) => provided(machine, provider, asking.site)));
}

/** What a provider gives, made when it is first asked for. */
export function provided(machine: Machine, provider: Provider, site: CallSite): Value {
  if (provider.made !== undefined) return provider.made;
  const asking: Asking = provider.home === undefined ? { site } : { site, home: provider.home };
  if (provider.as === 'class' && provider.value.kind === 'class') {
    const instance = emptyInstance(machine, provider.value);
    provider.made = instance;
    return fill(machine, instance, asking);
  }
  provider.made = UNKNOWN;
  provider.made = given(machine, provider, asking);
  return provider.made;
}

/** What a provider gave: one instance, each where a factory decides between some, none where it may give nothing. */
export const instancesOf = ({ made }: Provider): readonly InstanceValue[] =>
  made === undefined ? [] : optionsOf(made).filter((one) => one.kind === 'instance');

function given(machine: Machine, { as, value, tokens }: Provider, asking: Asking): Value {
  switch (as) {
    case 'value':
      return value;
    case 'class':
    case 'existing':
      return injected(machine, value, asking);
    case 'factory': {
      const parameters = tokens?.map((token) => injected(machine, token, asking)) ?? [UNKNOWN];
      return awaited(machine.call(value, UNKNOWN, parameters, asking.site));
    }
  }
}

/** Remembers what a container without modules is to give for a token. */
export function provide(machine: Machine, token: Value | undefined, value: Value | undefined, as: Provider['as'] | 'provider'): void {
  const key = tokenOf(token);
  const stated = value ?? token;
  if (key === undefined || stated === undefined) return;
  const provider = as === 'provider' ? providerOf(stated) : { as, value: stated };
  if (provider === undefined) return;
  machine.state.providers.set(key, provider);
  const made = provider.value.kind === 'instance' ? provider.value.class : provider.value;
  if (made.kind === 'class') recordClass(machine, made);
}

/** A provider as it is written: a class, or an object with `useClass`, `useValue`, `useFactory` or `useExisting`. */
export function providerOf(value: Value): Provider | undefined {
  if (value.kind === 'class') return { as: 'class', value };
  const members = value.kind === 'object' ? value.properties : undefined;
  const forms = { useClass: 'class', useValue: 'value', useFactory: 'factory', useExisting: 'existing', useToken: 'existing' } as const;
  for (const [name, as] of Object.entries(forms)) {
    const member = members?.get(name);
    if (member === undefined) continue;
    const tokens = members?.get('inject');
    return { as, value: member, ...(tokens?.kind === 'array' ? { tokens: tokens.elements.map(plainToken) } : {}) };
  }
  return undefined;
}

/** `{ token, optional: true }` among a factory's tokens. */
const plainToken = (value: Value): Value => (value.kind === 'object' ? (value.properties.get('token') ?? UNKNOWN) : value);

export const tokenOf = (value: Value | undefined): TokenKey | undefined => {
  if (value?.kind === 'class') return value;
  if (value?.kind === 'constant' && typeof value.value === 'string') return value.value;
  return value?.kind === 'export' || (value?.kind === 'external' && !value.called)
    ? `@@export ${value.package} ${value.path.filter((part) => part !== 'default').join('.')}`
    : undefined;
};

/** A token or module that is named by a function (`forwardRef(() => Orders)`), because it is defined later. */
export function resolveLater(machine: Machine, value: Value | undefined, site: CallSite): Value | undefined {
  const isLater = value?.kind === 'function' && value.node.params.length === 0 && value.home === undefined;
  return isLater ? machine.call(value, UNKNOWN, [], site) : value;
}

/** Several where a condition decides which of some modules is imported. */
function findProviders(machine: Machine, key: TokenKey, home: ContainerModule | undefined): readonly Provider[] {
  const { containers, providers } = machine.state;
  const container = home === undefined ? containers.at(-1) : containers.find(({ modules }) => modules.includes(home));
  const near = home === undefined ? [] : seenFrom(home, key);
  if (near.length > 0) return near;
  const first = home === undefined ? providers.get(key) : globally(container, key);
  const found = first ?? anywhere(container, key) ?? providers.get(key);
  return found === undefined ? [] : [found];
}

/** What a module provides itself or imports. */
function seenFrom(home: ContainerModule, key: TokenKey): readonly Provider[] {
  const own = home.providers.get(key);
  return own === undefined ? imported(home, home.imports, key, new Set()) : [own];
}

/** The first that is imported for certain, and those before it that may be. */
function imported(
  home: ContainerModule,
  modules: readonly ContainerModule[],
  key: TokenKey,
  seen: Set<ContainerModule>,
): readonly Provider[] {
  const found: Provider[] = [];
  for (const module of modules) {
    const providers = exported(module, key, seen);
    found.push(...providers);
    if (providers.length > 0 && !home.alternatives.has(module)) break;
  }
  return found;
}

function exported(module: ContainerModule, key: TokenKey, seen: Set<ContainerModule>): readonly Provider[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const own = module.exports.has(key) ? module.providers.get(key) : undefined;
  if (own !== undefined) return [own];
  const passedOn = module.imports.filter((inner) => module.exports.has(inner) || module.exports.has(inner.class));
  return imported(module, passedOn, key, seen);
}

function globally(container: Container | undefined, key: TokenKey): Provider | undefined {
  for (const module of container?.modules ?? []) {
    const found = module.isGlobal ? (exported(module, key, new Set())[0] ?? module.providers.get(key)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where what a module exports is not known, the one that provides it is right. */
function anywhere(container: Container | undefined, key: TokenKey): Provider | undefined {
  for (const { providers } of container?.modules ?? []) {
    const found = providers.get(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unprovided(machine: Machine, wanted: Value | undefined, asking: Asking): Value {
  const key = tokenOf(wanted);
  const { instances } = machine.state;
  const known = key === undefined ? undefined : instances.get(key);
  if (known !== undefined) return known;
  if (wanted?.kind === 'external') return { ...wanted, called: true, origin: asking.site };
  if (wanted?.kind === 'export') {
    const made = machine.construct(wanted, [], asking.site);
    if (key !== undefined) instances.set(key, made);
    return made;
  }
  if (wanted?.kind !== 'class') return { kind: 'unknown', origin: asking.site };
  const instance = emptyInstance(machine, wanted);
  instances.set(wanted, instance);
  return fill(machine, instance, asking);
}

/** Two classes may need each other: the instance is known before its parameters are made. */
function emptyInstance(machine: Machine, made: ClassValue): InstanceValue {
  recordClass(machine, made);
  return { kind: 'instance', class: made, properties: new Map(), depth: machine.state.guards.length };
}

function fill(machine: Machine, instance: InstanceValue, asking: Asking): InstanceValue {
  const { owner, member } = constructorOf(instance.class);
  const decorators = decoratorsOfMember(machine, owner, 'constructor');
  const parameters = (member?.value.params ?? []).map((parameter, index) =>
    wantedBy(machine, decorators?.parameters.get(index) ?? [], { type: classNamed(owner, typeName(parameter)), asking }),
  );
  machine.runConstructor(instance.class, instance, parameters, asking.site);
  for (let current: Value | undefined = instance.class; current?.kind === 'class'; current = current.superClass)
    injectProperties(machine, instance, current, asking);
  return instance;
}

/** Properties that a decorator tells to be injected. */
function injectProperties(machine: Machine, instance: InstanceValue, owner: ClassValue, asking: Asking): void {
  for (const field of owner.fields) {
    if (field.decorators.length === 0 || field.computed || field.key.type !== 'Identifier') continue;
    const decorators = decoratorsOfMember(machine, owner, memberKey(field.key.name, false))?.decorators ?? [];
    if (!decorators.some(({ value }) => machine.models.decorator(value)?.injects !== undefined)) continue;
    const annotation = field.typeAnnotation?.typeAnnotation;
    const type = classNamed(owner, annotation === undefined ? undefined : referenceName(annotation));
    instance.properties.set(field.key.name, wantedBy(machine, decorators, { type, asking }));
  }
}

const decoratorsOfMember = ({ state }: Machine, owner: ClassValue, key: string) => state.decorated.get(owner)?.members.get(key);

/** What is given for a parameter or property: by its decorators, else by its type. */
function wantedBy(
  machine: Machine,
  decorators: readonly DecoratorValue[],
  { type, asking }: { readonly type: Value | undefined; readonly asking: Asking },
): Value {
  for (const { value, site } of decorators) {
    const injects = machine.models.decorator(value)?.injects;
    const written = value.kind === 'external' ? value.arguments : [];
    if (injects === undefined) continue;
    if (typeof injects === 'object') return machine.makeObject(injects.object, written, site);
    const token = written[injects];
    return injected(machine, token === undefined || token === UNDEFINED ? type : token, asking);
  }
  return injected(machine, type, asking);
}

export function constructorOf(wanted: ClassValue): { readonly owner: ClassValue; readonly member?: MethodDefinition } {
  for (let current: Value | undefined = wanted; current?.kind === 'class'; current = current.superClass) {
    if (current.constructorMember !== undefined) return { owner: current, member: current.constructorMember };
  }
  return { owner: wanted };
}

function typeName(parameter: Node): string | undefined {
  const target = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  const name = target.type === 'AssignmentPattern' ? target.left : target;
  const type = name.type === 'Identifier' ? name.typeAnnotation?.typeAnnotation : undefined;
  return type == null ? undefined : referenceName(type);
}

const referenceName = (type: Node): string | undefined =>
  type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : undefined;

function classNamed(owner: ClassValue, name: string | undefined): Value | undefined {
  const binding = name === undefined ? undefined : lookUp(owner.scope, name);
  return binding?.live?.() ?? binding?.value;
}
