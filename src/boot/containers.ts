import type { BootGuard, ContainerModel, ResultModel } from '../model/boot-trace.ts';
import { awaited } from './builtins/promise.ts';
import { injected, instancesOf, provided, providerOf, resolveLater, tokenOf } from './injection.ts';
import { conditionsOf } from './list-conditions.ts';
import type { Machine } from './machine.ts';
import type { CallSite, ClassValue, Container, ContainerModule, ObjectValue, Value } from './value.ts';

/** The call that sets up a container, and what its model gives the methods that it calls. */
export interface Assembly {
  readonly root: Value | undefined;
  readonly application: Value;
  readonly site: CallSite;
  readonly result: (model: ResultModel, module: ClassValue) => Value;
}

/**
 * Sets up a container from a root module: the modules that it imports, what they provide, one instance of everything, and
 * then the methods that a start calls.
 */
export function assemble(machine: Machine, { root, application, site, result }: Assembly): void {
  if (machine.state.mode === 'exploring') return;
  const modules = collectModules(machine, root, site);
  if (modules.length === 0) return;
  const container: Container = { object: application.kind === 'library' ? application.id : undefined, modules };
  machine.state.containers.push(container);
  for (const module of modules) makeAll(machine, module, site);
  for (const module of modules) configureExternals(machine, module, site);
  for (const module of modules) startAll(machine, { module, site, result });
}

function collectModules(machine: Machine, root: Value | undefined, site: CallSite): readonly ContainerModule[] {
  const known = new Map<Value, ContainerModule>();
  const modules: ContainerModule[] = [];

  const open = (written: Value, above: readonly BootGuard[]): ContainerModule | undefined => {
    const value = awaited(resolveLater(machine, written, site) ?? written);
    const own = conditionsOf(machine, value);
    const conditions = [...above, ...own];
    const seen = known.get(value);
    if (seen !== undefined) {
      if (conditions.length === 0) release(seen, []);
      return seen;
    }
    const declared = declaredModule(machine, value);
    if (declared === undefined) return undefined;
    const { made, model, lists } = declared;
    const module: ContainerModule = {
      class: made,
      providers: new Map(),
      imports: [],
      alternatives: new Set(),
      externals: [],
      exports: new Set(),
      lists,
      own,
      conditions,
      isGlobal: declared.isGlobal,
    };
    known.set(value, module);
    modules.push(module);
    const imports = lists.get(model.imports) ?? [];
    const perhaps = new Set(alternativesIn(machine, imports, site));
    for (const one of flattened(machine, imports, site)) {
      const imported = open(one, conditions);
      if (imported === undefined) module.externals.push(one);
      else module.imports.push(imported);
      if (imported !== undefined && perhaps.has(one)) module.alternatives.add(imported);
    }
    for (const name of model.provides) addProviders(module, flattened(machine, lists.get(name) ?? [], site));
    module.providers.set(made, { as: 'class', value: made, home: module });
    for (const one of flattened(machine, lists.get(model.exports) ?? [], site)) addExport(module, one, known);
    return module;
  };

  if (root !== undefined) open(root, []);
  return modules;
}

/** A way with fewer conditions leads to a module, and so to those that it imports. */
function release(module: ContainerModule, conditions: readonly BootGuard[]): void {
  if (module.conditions.length <= conditions.length) return;
  module.conditions = conditions;
  for (const imported of module.imports) release(imported, [...conditions, ...imported.own]);
}

interface DeclaredModule {
  readonly made: ClassValue;
  readonly model: ContainerModel;
  readonly lists: Map<string, Value[]>;
  readonly isGlobal: boolean;
}

/** What a module class, or an object that stands for one, says of itself; of several objects that it may be, all. */
function declaredModule(machine: Machine, value: Value): DeclaredModule | undefined {
  const written = objectsIn(value);
  const made = value.kind === 'class' ? value : written.map((one) => moduleNamedBy(machine, one)).find((one) => one !== undefined);
  const stated = made === undefined ? undefined : statedBy(machine, made);
  if (made === undefined || stated === undefined) return undefined;
  const { model, described } = stated;
  const lists = new Map(
    [...model.provides, model.imports, model.exports].map((name) => [
      name,
      [...described, ...written].flatMap((source) => source.properties.get(name) ?? []),
    ]),
  );
  const isGlobal = written.some(({ properties }) => {
    const global = properties.get(model.global);
    return global?.kind === 'constant' && global.value === true;
  });
  return { made, model, lists, isGlobal: stated.isGlobal || isGlobal };
}

/** The class that a dynamic module names. */
function moduleNamedBy(machine: Machine, { properties }: ObjectValue): ClassValue | undefined {
  for (const [name, member] of properties) if (member.kind === 'class' && statedBy(machine, member)?.model.class === name) return member;
  return undefined;
}

function statedBy(machine: Machine, made: ClassValue) {
  const decorators = machine.state.decorated.get(made)?.decorators ?? [];
  const isGlobal = decorators.some(({ value }) => machine.models.decorator(value)?.isGlobal === true);
  for (const { value } of decorators) {
    const model = machine.models.decorator(value)?.module;
    if (model === undefined || value.kind !== 'external') continue;
    return { model, isGlobal, described: value.arguments.slice(0, 1).flatMap(objectsIn) };
  }
  return undefined;
}

function objectsIn(value: Value): readonly ObjectValue[] {
  const known = awaited(value);
  if (known.kind === 'union') return known.options.flatMap(objectsIn);
  return known.kind === 'object' ? [known] : [];
}

/** The elements of lists in lists; of an element that is one of several, each. */
function flattened(machine: Machine, values: readonly Value[], site: CallSite): readonly Value[] {
  return values.flatMap((value): readonly Value[] => {
    const known = awaited(resolveLater(machine, value, site) ?? value);
    if (known.kind === 'array') return flattened(machine, known.elements, site);
    if (known.kind === 'union') return flattened(machine, known.options, site);
    return known.kind === 'constant' && known.value === undefined ? [] : [known];
  });
}

/** Elements of lists that stand for one of several. */
function alternativesIn(machine: Machine, values: readonly Value[], site: CallSite): readonly Value[] {
  return values.flatMap((value): readonly Value[] => {
    const known = awaited(resolveLater(machine, value, site) ?? value);
    if (known.kind === 'array') return alternativesIn(machine, known.elements, site);
    return known.kind === 'union' ? flattened(machine, known.options, site) : [];
  });
}

function addProviders(module: ContainerModule, written: readonly Value[]): void {
  for (const value of written) {
    const token = value.kind === 'object' ? value.properties.get('provide') : value;
    const key = tokenOf(token);
    const provider = providerOf(value);
    if (provider === undefined) continue;
    // A token of the library itself (`APP_GUARD`) adds to what there is, one of the program replaces it.
    const isAdded = key === undefined || token?.kind === 'export' || token?.kind === 'external';
    module.providers.set(isAdded ? `@@added ${module.providers.size}` : key, { ...provider, home: module });
  }
}

function addExport(module: ContainerModule, value: Value, known: ReadonlyMap<Value, ContainerModule>): void {
  const key = tokenOf(value.kind === 'object' && value.properties.has('provide') ? value.properties.get('provide') : value);
  if (key !== undefined) module.exports.add(key);
  const inner = known.get(value);
  if (inner !== undefined) module.exports.add(inner);
}

function makeAll(machine: Machine, module: ContainerModule, site: CallSite): void {
  for (const provider of [...module.providers.values()]) {
    provided(machine, provider, site);
    for (const made of instancesOf(provider)) makeUsed(machine, made.class, module, site);
  }
}

/** Dynamic modules of packages whose options a factory gives (`forRootAsync`): what it gives stands beside the factory. */
function configureExternals(machine: Machine, module: ContainerModule, site: CallSite): void {
  module.externals.forEach((value, position) => {
    const [options] = value.kind === 'external' ? value.arguments : [];
    const provider = options?.kind === 'object' && options.properties.has('useFactory') ? providerOf(options) : undefined;
    if (value.kind !== 'external' || options?.kind !== 'object' || provider === undefined) return;
    const made = provided(machine, { ...provider, home: module }, site);
    if (made.kind !== 'object') return;
    const given = { ...options, properties: new Map([...options.properties, ...made.properties]) };
    module.externals[position] = { ...value, arguments: [given, ...value.arguments.slice(1)] };
  });
}

/** Classes that decorators of a class or its members name for the container to make. */
function makeUsed(machine: Machine, owner: ClassValue, home: ContainerModule, site: CallSite): void {
  for (let current: Value | undefined = owner; current?.kind === 'class'; current = current.superClass) {
    const record = machine.state.decorated.get(current);
    const members = [...(record?.members.values() ?? [])].flatMap(({ decorators, parameters }) => [
      ...decorators,
      ...[...parameters.values()].flat(),
    ]);
    for (const { value } of [...(record?.decorators ?? []), ...members]) {
      if (value.kind !== 'external' || machine.models.decorator(value)?.makes !== true) continue;
      for (const used of flattened(machine, value.arguments, site)) if (used.kind === 'class') injected(machine, used, { site, home });
    }
  }
}

interface Start {
  readonly module: ContainerModule;
  readonly site: CallSite;
  readonly result: Assembly['result'];
}

function startAll(machine: Machine, { module, site, result }: Start): void {
  const invokes = statedBy(machine, module.class)?.model.invokes ?? {};
  for (const made of [...module.providers.values()].flatMap((provider) => instancesOf(provider))) {
    for (const [name, { on, with: handed }] of Object.entries(invokes)) {
      if (on === 'module' && made.class !== module.class) continue;
      const method = machine.getMember(made, name, site);
      if (method.kind !== 'function') continue;
      const given = handed.map((model) => result(model, module.class));
      machine.call(method, made, given, { ...site, caller: method.symbol });
    }
  }
}
