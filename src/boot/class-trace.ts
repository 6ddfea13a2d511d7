import type { Class, MethodDefinition, Node, PropertyDefinition } from 'oxc-parser';
import { sortedBy } from '../lib/sort.ts';
import type { BootClass, BootContainer, BootDecorator, BootMember, BootParameter, BootTrace } from '../model/boot-trace.ts';
import type { ClosureId } from '../model/ids.ts';
import type { ProgramQueries } from '../model/program.ts';
import { memberSymbol } from './bindings.ts';
import { toDecoratorValue } from './boot-value.ts';
import { declaredType } from './declared-type.ts';
import { memberKey, placeName } from './decorators.ts';
import { instancesOf } from './injection.ts';
import type { Machine } from './machine.ts';
import type {
  ClassValue,
  Container,
  DecoratedClass,
  DecoratedMember,
  DecoratorValue,
  FunctionValue,
  InstanceValue,
  Value,
} from './value.ts';

/**
 * Classes with decorators and the containers made of them, as they are when start-up has ended: by then what circular
 * imports name is known. Methods that a library calls are registered from here on.
 */
export function traceClasses(machine: Machine, program: ProgramQueries): Pick<BootTrace, 'classes' | 'containers'> {
  const { containers, decorated } = machine.state;
  const made = instancesByClass(machine);
  const known: Telling['known'] = new Map();
  const classes = Array.from(decorated.values(), (one) =>
    toBootClass({ machine, program, decorated: one, instance: made.get(one.class), known }),
  );
  return {
    ...(classes.length === 0 ? {} : { classes: sortedBy(classes, ({ id }) => id) }),
    ...(containers.length === 0 ? {} : { containers: containers.flatMap((container) => toBootContainer(machine, container)) }),
  };
}

/** Of several instances of a class the first. */
function instancesByClass({ state }: Machine): ReadonlyMap<ClassValue, InstanceValue> {
  const provided = state.containers.flatMap(({ modules }) => modules.flatMap(({ providers }) => [...providers.values()]));
  const own = [...state.instances.values()].filter((value) => value.kind === 'instance');
  const made = new Map<ClassValue, InstanceValue>();
  for (const value of [...[...provided, ...state.providers.values()].flatMap(instancesOf), ...own])
    if (!made.has(value.class)) made.set(value.class, value);
  return made;
}

interface Telling {
  readonly machine: Machine;
  readonly program: ProgramQueries;
  readonly decorated: DecoratedClass;
  readonly instance: InstanceValue | undefined;
  /** Members told so far: classes that inherit them share them. */
  readonly known: Map<ClassValue, Map<Node, BootMember | undefined>>;
}

function toBootClass(telling: Telling): BootClass {
  const { machine, decorated } = telling;
  const made = decorated.class;
  const lines = lineage(made);
  const owner = lines.find(({ constructorMember }) => constructorMember !== undefined);
  return {
    id: decorated.id,
    symbol: made.symbol,
    ...(made.superClass === undefined ? {} : { extends: toDecoratorValue(machine, made.superClass) }),
    ...(made.node.abstract === true ? { isAbstract: true as const } : {}),
    decorators: toDecorators(machine, decorated.decorators),
    parameters:
      owner?.constructorMember === undefined
        ? []
        : toParameters(telling, owner, owner.constructorMember, recordOf(machine, owner, 'constructor')),
    members: allMembers(telling, lines),
    at: machine.recorder.location({ module: made.module.id, node: made.node }),
    span: { start: made.node.start, end: made.node.end },
  };
}

/** A class and those that it extends. */
function lineage(made: ClassValue): readonly ClassValue[] {
  const lines: ClassValue[] = [];
  for (let current: Value | undefined = made; current?.kind === 'class' && !lines.includes(current); current = current.superClass)
    lines.push(current);
  return lines;
}

const recordOf = ({ state }: Machine, owner: ClassValue, key: string): DecoratedMember | undefined =>
  state.decorated.get(owner)?.members.get(key);

function allMembers(telling: Telling, lines: readonly ClassValue[]): readonly BootMember[] {
  const members = new Map<string, BootMember>();
  for (const owner of lines) {
    const own = owner.node.body.body.flatMap((node) => toMember(telling, owner, node) ?? []);
    for (const member of own) {
      const key = memberKey(member.name, member.isStatic === true);
      const known = members.get(key);
      if (known === undefined || isOtherHalf(known, member)) members.set(key, joined(known, member));
    }
  }
  return [...members.values()];
}

/** A getter and a setter of one name are one member. */
const isOtherHalf = (known: BootMember, member: BootMember): boolean =>
  known.kind === 'accessor' && member.kind === 'accessor' && known.declaredIn === member.declaredIn;

const joined = (known: BootMember | undefined, member: BootMember): BootMember =>
  known === undefined || known.decorators.length > 0 ? (known ?? member) : { ...known, decorators: member.decorators };

type MemberNode = MethodDefinition | PropertyDefinition;

function toMember(telling: Telling, owner: ClassValue, node: Class['body']['body'][number]): BootMember | undefined {
  const known = telling.known.get(owner) ?? new Map<Node, BootMember | undefined>();
  telling.known.set(owner, known);
  if (!known.has(node)) known.set(node, readMember(telling, owner, node));
  const member = known.get(node);
  if (member === undefined || node.type !== 'MethodDefinition') return member;
  const closure = registeredClosure({ ...telling, owner, node, record: decoratedBy(telling, owner, node) });
  return closure === undefined ? member : { ...member, closure };
}

function readMember(telling: Telling, owner: ClassValue, node: Class['body']['body'][number]): BootMember | undefined {
  if (node.type === 'PropertyDefinition') {
    const record = decoratedBy(telling, owner, node);
    return record === undefined ? undefined : toProperty(telling, owner, node, record);
  }
  if (node.type !== 'MethodDefinition' || node.kind === 'constructor' || node.value.body === null) return undefined;
  return nameIn(owner, node) === undefined ? undefined : toMethod({ ...telling, owner, node, record: decoratedBy(telling, owner, node) });
}

function decoratedBy({ machine }: Telling, owner: ClassValue, node: MemberNode): DecoratedMember | undefined {
  const name = nameIn(owner, node);
  return name === undefined ? undefined : recordOf(machine, owner, memberKey(name, node.static));
}

const nameIn = (owner: ClassValue, node: MemberNode): string | undefined => plainName(node) ?? owner.names.get(node);

function plainName({ key, computed }: MemberNode): string | undefined {
  if (key.type === 'Literal') return String(key.value);
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0) return key.quasis[0]?.value.cooked ?? undefined;
  return !computed && key.type === 'Identifier' ? key.name : undefined;
}

function toProperty(telling: Telling, owner: ClassValue, node: PropertyDefinition, record: DecoratedMember): BootMember {
  const { machine, program } = telling;
  const type = declaredType(program, owner.module.id, node.typeAnnotation?.typeAnnotation);
  return {
    ...placed(telling, owner, node),
    kind: 'property',
    decorators: toDecorators(machine, record.decorators),
    parameters: [],
    ...(type === undefined ? {} : { type }),
  };
}

interface MethodTelling extends Telling {
  readonly owner: ClassValue;
  readonly node: MethodDefinition;
  readonly record: DecoratedMember | undefined;
}

function toMethod(telling: MethodTelling): BootMember {
  const { machine, program, owner, node, record } = telling;
  const returns = declaredType(program, owner.module.id, node.value.returnType?.typeAnnotation);
  return {
    ...placed(telling, owner, node),
    kind: node.kind === 'method' ? 'method' : 'accessor',
    decorators: toDecorators(machine, record?.decorators ?? []),
    parameters: toParameters(telling, owner, node, record),
    ...(returns === undefined ? {} : node.kind === 'get' ? { type: returns } : { returns }),
  };
}

function placed({ machine }: Telling, owner: ClassValue, node: MemberNode) {
  return {
    name: nameIn(owner, node) ?? '',
    // What declares a computed name knows its place only.
    symbol: memberSymbol(owner.symbol, plainName(node) ?? placeName(machine, owner, node)),
    ...(node.static ? { isStatic: true as const } : {}),
    declaredIn: owner.symbol,
    at: machine.recorder.location({ module: owner.module.id, node }),
    span: { start: Math.min(node.start, node.decorators[0]?.start ?? node.start), end: node.end },
  };
}

function toParameters(
  { machine, program }: Telling,
  owner: ClassValue,
  node: MethodDefinition,
  record: DecoratedMember | undefined,
): readonly BootParameter[] {
  return node.value.params.map((parameter, index) => {
    const target = parameterTarget(parameter);
    const type = target.type === 'Identifier' ? declaredType(program, owner.module.id, target.typeAnnotation?.typeAnnotation) : undefined;
    return {
      name: target.type === 'Identifier' ? target.name : '',
      decorators: toDecorators(machine, record?.parameters.get(index) ?? []),
      ...(type === undefined ? {} : { type }),
    };
  });
}

function parameterTarget(parameter: Node): Node {
  if (parameter.type === 'TSParameterProperty') return parameterTarget(parameter.parameter);
  if (parameter.type === 'RestElement') return parameter.argument;
  return parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
}

const toDecorators = (machine: Machine, decorators: readonly DecoratorValue[]): readonly BootDecorator[] =>
  decorators.map(({ value, site }) => ({
    value: toDecoratorValue(machine, value),
    at: machine.recorder.location(site),
    span: { start: site.node.start, end: site.node.end },
  }));

/** Registers a method that a library calls on the instance which a container made. */
function registeredClosure({ machine, decorated, instance, owner, node, record }: MethodTelling): ClosureId | undefined {
  const name = nameIn(owner, node) ?? '';
  const handles = (decorators: readonly DecoratorValue[]) => decorators.map(({ value }) => machine.models.decorator(value)?.handles);
  const isNamed = handles(decorated.decorators).some((names) => Array.isArray(names) && names.includes(name));
  if (instance === undefined || (!isNamed && !handles(record?.decorators ?? []).includes(true))) return undefined;
  const method = owner.prototype.get(name);
  if (method?.kind !== 'function') return undefined;
  const bound: FunctionValue = { ...method, thisValue: instance };
  machine.state.registered.add(bound);
  return machine.state.closures.idOf(bound);
}

function toBootContainer(machine: Machine, { object, modules }: Container): readonly BootContainer[] {
  if (object === undefined) return [];
  const told = modules.map((module) => ({
    class: machine.state.decorated.get(module.class)?.id ?? module.class.symbol,
    imports: module.imports.map((imported) => modules.indexOf(imported)),
    ...(module.isGlobal ? { isGlobal: true as const } : {}),
    ...(module.conditions.length === 0 ? {} : { guards: module.conditions }),
    lists: Object.fromEntries(
      Array.from(module.lists, ([name, values]) => [name, values.map((value) => toDecoratorValue(machine, value))]),
    ),
    externals: module.externals.map((value) => toDecoratorValue(machine, value)),
  }));
  return [{ object, modules: told }];
}
