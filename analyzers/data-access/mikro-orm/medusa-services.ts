import { pluralize } from 'inflection';
import type { Expression } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries } from '../../../src/model/program.ts';
import { argumentOf, type CallSite, callSites, declared } from '../flow/code-value.ts';
import { followValue, propertyOf } from '../flow/follow-value.ts';
import { classHeld, type Held, instanceOf, libraryHeld, NO_CONTEXT } from '../mappers/held-value.ts';
import { importedBinding } from '../mappers/imported-binding.ts';
import { constantOf, namedClass } from '../mappers/named-classes.ts';
import type { Vocabulary } from '../mappers/vocabulary.ts';
import { isMedusaPackage } from './packages.ts';

/** A service with methods for each of several models: `class Desk extends MedusaService({ Book, Loan })`. */
export const MODULE_SERVICE = 'ModuleService';
/** A service for one model, which Medusa makes and injects: `IMedusaInternalService<typeof Book>`. */
export const INTERNAL_SERVICE = 'InternalService';

/** What Medusa's own types and functions add to MikroORM's. */
export function medusaVocabulary(program: ProgramQueries, base: Vocabulary): Vocabulary {
  const services = registeredServices(program);
  return {
    ...base,
    typed: (name, given) => (name === 'IMedusaInternalService' ? [libraryHeld(INTERNAL_SERVICE, given[0])] : base.typed(name, given)),
    made: (site) => moduleService(program, site) ?? internalService(program, site) ?? resolvedService(program, services, site),
    function: (path, call) =>
      path.at(-1) === 'MedusaInternalService' ? [libraryHeld(INTERNAL_SERVICE, call.argument(0))] : base.function(path, call),
  };
}

function moduleService(program: ProgramQueries, site: CallSite): Held | undefined {
  if (!isCallOf(program, site, 'MedusaService')) return undefined;
  const models = argumentOf(site, 0);
  const literals = models === undefined ? [] : followValue(program, models);
  return libraryHeld(
    MODULE_SERVICE,
    literals.map((value) => ({ kind: 'literal', value, context: NO_CONTEXT })),
  );
}

/** `class Shelves extends MedusaInternalService(Shelf)`. */
function internalService(program: ProgramQueries, site: CallSite): Held | undefined {
  if (!isCallOf(program, site, 'MedusaInternalService')) return undefined;
  const model = argumentOf(site, 0);
  const named = model === undefined ? undefined : namedClass(program, model);
  return named === undefined ? undefined : libraryHeld(INTERNAL_SERVICE, [classHeld(named as SymbolId)]);
}

/** Classes by the names under which they are registered: `Module('desk', { service: DeskService })`. */
function registeredServices(program: ProgramQueries): ReadonlyMap<string, SymbolId> {
  const services = new Map<string, SymbolId>();
  for (const site of callSites(program)) {
    if (!isCallOf(program, site, 'Module')) continue;
    const [name, options] = [constantOf(program, argumentOf(site, 0)), argumentOf(site, 1)];
    const service = options === undefined ? undefined : propertyOf(program, options, 'service');
    const named = service === undefined ? undefined : namedClass(program, service);
    if (name !== undefined && named !== undefined && declared(program, named as SymbolId)?.declaration.kind === 'class')
      services.set(name, named as SymbolId);
  }
  return services;
}

/** `container.resolve(DESK_MODULE)`. */
function resolvedService(program: ProgramQueries, services: ReadonlyMap<string, SymbolId>, site: CallSite): Held | undefined {
  const { callee } = site.call;
  if (services.size === 0 || callee.kind !== 'member' || callee.property !== 'resolve') return undefined;
  const name = constantOf(program, argumentOf(site, 0));
  const service = name === undefined ? undefined : services.get(name);
  return service === undefined ? undefined : instanceOf(classHeld(service));
}

function isCallOf(program: ProgramQueries, { module, call }: CallSite, name: string): boolean {
  const { callee } = call;
  const written = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : undefined;
  if (written !== name) return false;
  const referent = program.resolveExpression(module.id, call.owner, callee);
  if (referent.kind === 'external') return isMedusaPackage(referent.package) && referent.path.at(-1) === name;
  const root = rootName(callee);
  return root !== undefined && importedBinding(module, root, isMedusaPackage) !== undefined;
}

const rootName = (callee: Expression): string | undefined =>
  callee.kind === 'member' ? rootName(callee.object) : callee.kind === 'name' ? callee.name : undefined;

export interface GeneratedMethod {
  readonly operation: string;
  /** What the method's name says of the model: `Books` in `listBooks`. */
  readonly subject: string;
}

const generated = /^(retrieve|listAndCount|list|create|update|delete|softDelete|restore)([A-Z]\w*)$/;

export function generatedMethod(name: string): GeneratedMethod | undefined {
  const [, operation, subject] = generated.exec(name) ?? [];
  return operation === undefined || subject === undefined ? undefined : { operation, subject };
}

/** Whether a subject means a model: `retrieve` says it in the singular, the others in the plural. */
export const isSubject = (subject: string, model: string): boolean => {
  const name = model.charAt(0).toUpperCase() + model.slice(1);
  return [name, pluralize(name), `${name}s`, `${name}es`].includes(subject);
};
