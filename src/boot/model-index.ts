import { ownEntry } from '../lib/own-entry.ts';
import type { DecoratorModel, LibraryModel, MemberModel, ObjectModel } from '../model/boot-trace.ts';
import type { ExportValue, Value } from './value.ts';

/** Library models by package and object kind. */
export interface ModelIndex {
  /** The root of a modelled package; `undefined` for a package without a model. */
  packageRoot(name: string): ExportValue | undefined;
  /** What a name of a modelled package does. */
  member(model: LibraryModel, path: readonly string[]): MemberModel | undefined;
  global(name: string): { readonly model: LibraryModel; readonly member: MemberModel } | undefined;
  object(kind: string): ObjectModel | undefined;
  /** What an evaluated decorator means. */
  decorator(value: Value): DecoratorModel | undefined;
  /** Whether calls on objects of a kind register something; on a database client none does. */
  registers(kind: string): boolean;
}

export function indexModels(models: readonly LibraryModel[]): ModelIndex {
  const byPackage = new Map<string, LibraryModel>();
  const globals = new Map<string, { model: LibraryModel; member: MemberModel }>();
  const objects = new Map<string, ObjectModel>();
  for (const model of models) {
    for (const name of model.packages) {
      if (name === 'globals') for (const [key, member] of Object.entries(model.exports)) globals.set(key, { model, member });
      else byPackage.set(withoutScheme(name), model);
    }
    for (const [kind, object] of Object.entries(model.objects)) objects.set(kind, object);
  }
  /** `@nestjs/common/decorators` is told by the model that has `@nestjs/common/*`. */
  const nameInModel = (name: string): string | undefined => {
    if (byPackage.has(name)) return name;
    const root = name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/');
    return byPackage.has(`${root}/*`) ? root : undefined;
  };
  return {
    packageRoot(name) {
      const known = nameInModel(withoutScheme(name));
      const model = known === undefined ? undefined : byPackage.get(known);
      if (known === undefined || model === undefined) return undefined;
      const member = model.exports.default;
      return { kind: 'export', model, package: known, path: [], ...(member === undefined ? {} : { member }) };
    },
    member: findMember,
    global: (name) => globals.get(name),
    object: (kind) => objects.get(kind),
    decorator(value) {
      if (value.kind !== 'external' && value.kind !== 'export') return undefined;
      const name = value.path.filter((part) => part !== 'default').join('.');
      return byPackage.get(withoutScheme(value.package))?.decorators?.[name];
    },
    registers: (kind) => {
      const model = objects.get(kind);
      return model !== undefined && [...Object.values(model.members), ...(model.call === undefined ? [] : [model.call])].some(records);
    },
  };
}

function records(member: MemberModel): boolean {
  if ('property' in member) return typeof member.property === 'object' && 'object' in member.property;
  if ('members' in member) return Object.values(member.members).some(records) || (member.call !== undefined && records(member.call));
  return [member, ...Object.values(member.withArguments ?? {})].some((call) => call.records !== undefined);
}

/** Builtins are written with and without `node:`. */
const withoutScheme = (name: string): string => (name.startsWith('node:') ? name.slice('node:'.length) : name);

/**
 * A model need not say twice that `express.Router` and `{ Router }` are one: a path is also looked up with and without
 * the leading `default`, which is how CommonJS packages appear to both kinds of import.
 */
function findMember(model: LibraryModel, path: readonly string[]): MemberModel | undefined {
  const spellings = path[0] === 'default' ? [path, path.slice(1)] : [path, ['default', ...path]];
  for (const spelling of spellings) {
    const found = spelling.length === 0 ? undefined : (ownEntry(model.exports, spelling.join('.')) ?? nested(model, spelling));
    if (found !== undefined) return found;
  }
  return undefined;
}

function nested(model: LibraryModel, path: readonly string[]): MemberModel | undefined {
  const [first, ...rest] = path;
  let member = first === undefined ? undefined : ownEntry(model.exports, first);
  for (const name of rest) {
    if (member === undefined || !('members' in member)) return undefined;
    member = ownEntry(member.members, name) ?? member.members['*'];
  }
  return member;
}
