import { Document, isMap, isScalar, isSeq, parseDocument, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { compareText } from '../lib/sort.ts';
import type { MigrationPlan, PlannedService } from '../model/migration-plan.ts';

const HEADER = ` Where the monolith is cut: written by "banyan plan", edited by you, obeyed by every command.

 - Move a line to another service to move a module, table or route; rename a service by renaming its key.
 - Banyan only adds what is new; your lines, comments and order stay. Delete the file to start again.
 - placement: lambda, fargate or stay, where the proposed one does not fit.
 - phase: 0 measure, 1 facade, 2 seam, 3 extract, 4 shadow, 5 canary, 6 move data, 7 delete the old code.
 - weight: share of the traffic that the slice takes, 0 to 100; the generated gateway knows 0 and 100.
 - shared: copy, library, contract, own-service or monolith, for modules that several services use.
 - stay: what remains in the monolith.`;

/**
 * The text of `banyan.plan.yaml` for a plan: a new file, or the given one with what is new added in sorted places.
 * What a person wrote is kept, comments included; when nothing is new the same bytes come back.
 */
export function updatePlanFile(text: string | undefined, plan: MigrationPlan): string {
  if (text === undefined) return createPlanFile(plan);
  const document = parseDocument(text);
  const editor = createEditor(document);
  const services = ensureMap(document, 'services', editor);
  for (const service of plan.services) updateService(services, service, editor);
  const lists = listsOf(plan);
  updateMap(document, 'shared', lists.shared, editor);
  updateStay(document, lists, editor);
  if (!editor.changed()) return text;
  return print(document, text);
}

interface Lists {
  readonly shared: readonly (readonly [string, string])[];
  readonly stayModules: readonly string[];
  readonly stayRoutes: readonly string[];
}

/** What stands outside the services: shared code by verdict, and what no service uses. */
function listsOf(plan: MigrationPlan): Lists {
  const served = new Set<string>(plan.services.flatMap(({ routes }) => routes.map(({ id }) => id)));
  return {
    shared: plan.shared.filter(({ usedBy }) => usedBy.length > 0).map(({ module, verdict }) => [module, verdict]),
    stayModules: plan.shared.filter(({ usedBy }) => usedBy.length === 0).map(({ module }) => module),
    stayRoutes: plan.staying.filter(({ route }) => !served.has(route)).map(({ route }) => route),
  };
}

function createPlanFile(plan: MigrationPlan): string {
  const lists = listsOf(plan);
  const services = plan.services
    .map((service) => [service.id, toFileService(service)] as const)
    .sort(([left], [right]) => compareText(left, right));
  const document = new Document({
    version: 1,
    services: Object.fromEntries(services),
    shared: Object.fromEntries(lists.shared),
    stay: { routes: [...lists.stayRoutes], modules: [...lists.stayModules] },
  });
  document.commentBefore = HEADER;
  return document.toString({ lineWidth: 0 });
}

/** Placement is left out: written there it would be a person's word that overrides the proposal. */
const toFileService = ({ title, phase, weight, routes, triggers, tables, modules }: PlannedService): object => ({
  title,
  phase,
  weight,
  routes: routes.map(({ id }) => id),
  ...(triggers.length === 0 ? {} : { triggers: [...triggers] }),
  tables: [...tables],
  modules: [...modules],
});

/** Knows where names stand in the document, and whether anything was changed. */
interface Editor {
  changed(): boolean;
  touch(): void;
  /** Takes a name out of every list of its kind but the given one, and returns its node with its comments. */
  take(kind: string, name: string, except: unknown): unknown;
}

const KINDS = ['routes', 'triggers', 'tables', 'modules'] as const;
type Kind = (typeof KINDS)[number];

function createEditor(document: Document): Editor {
  let changed = false;
  return {
    changed: () => changed,
    touch: () => {
      changed = true;
    },
    take(kind, name, except) {
      for (const list of listsOfKind(document, kind)) {
        const index = list === except ? -1 : list.items.findIndex((item) => isScalar(item) && item.value === name);
        if (index < 0) continue;
        changed = true;
        return list.items.splice(index, 1)[0];
      }
      const shared = document.get('shared');
      if (kind === 'modules' && isMap(shared) && shared !== except && shared.delete(name)) changed = true;
      return undefined;
    },
  };
}

/** The lists of one kind in all services and under `stay`. */
function listsOfKind(document: Document, kind: string): readonly YAMLSeq[] {
  const services = document.get('services');
  const holders = [...(isMap(services) ? services.items.map(({ value }) => value) : []), document.get('stay')];
  return holders.flatMap((holder) => {
    const list = isMap(holder) ? holder.get(kind) : undefined;
    return isSeq(list) ? [list] : [];
  });
}

function updateService(services: YAMLMap, service: PlannedService, editor: Editor): void {
  const known = services.get(service.id);
  const target = isMap(known) ? known : new YAMLMap();
  if (target !== known) {
    for (const [key, value] of Object.entries({ title: service.title, phase: service.phase, weight: service.weight }))
      target.set(key, value);
    insertSorted(services, service.id, target, editor);
  }
  const names: Readonly<Record<Kind, readonly string[]>> = {
    routes: service.routes.map(({ id }) => id),
    triggers: service.triggers,
    tables: service.tables,
    modules: service.modules,
  };
  for (const kind of KINDS) addNames(target, kind, names[kind], editor);
}

function addNames(holder: YAMLMap, kind: Kind, names: readonly string[], editor: Editor): void {
  const current = holder.get(kind);
  const list = isSeq(current) ? current : new YAMLSeq();
  const present = new Set(list.items.map((item) => (isScalar(item) ? item.value : undefined)));
  const missing = names.filter((name) => !present.has(name));
  if (missing.length === 0) return;
  if (list !== current) holder.set(kind, list);
  if (list.items.length === 0) list.flow = false;
  for (const name of missing) insertName(list, editor.take(kind, name, list) ?? new Scalar(name), name);
  editor.touch();
}

/** Before the first later name, so that a sorted list stays sorted and another order is disturbed least. */
function insertName(list: YAMLSeq, node: unknown, name: string): void {
  const index = list.items.findIndex((item) => isScalar(item) && compareText(String(item.value), name) > 0);
  if (index < 0) list.items.push(node);
  else list.items.splice(index, 0, node);
}

function insertSorted(map: YAMLMap, key: string, value: unknown, editor: Editor): void {
  const known = map.items.findIndex((pair) => keyText(pair.key) === key);
  if (known >= 0) map.set(key, value);
  else {
    const pair = map.items.length === 0 ? undefined : map.items.findIndex((item) => compareText(keyText(item.key), key) > 0);
    map.set(key, value);
    const added = map.items.pop();
    if (added !== undefined) map.items.splice(pair === undefined || pair < 0 ? map.items.length : pair, 0, added);
  }
  editor.touch();
}

const keyText = (key: unknown): string => String(isScalar(key) ? key.value : key);

function ensureMap(document: Document, key: string, editor: Editor): YAMLMap {
  const known = document.get(key);
  if (isMap(known)) return known;
  const created = new YAMLMap();
  document.set(key, created);
  editor.touch();
  return created;
}

function updateMap(document: Document, key: string, entries: Lists['shared'], editor: Editor): void {
  const known = document.get(key);
  const present = isMap(known) ? new Set(known.items.map((pair) => keyText(pair.key))) : new Set<string>();
  const missing = entries.filter(([name]) => !present.has(name));
  if (missing.length === 0) return;
  const map = ensureMap(document, key, editor);
  if (map.items.length === 0) map.flow = false;
  for (const [name, value] of missing) {
    editor.take('modules', name, map);
    insertSorted(map, name, value, editor);
  }
}

function updateStay(document: Document, { stayModules, stayRoutes }: Lists, editor: Editor): void {
  const stay = document.get('stay');
  if (!isMap(stay) && stayModules.length + stayRoutes.length === 0) return;
  const holder = ensureMap(document, 'stay', editor);
  addNames(holder, 'routes', stayRoutes, editor);
  addNames(holder, 'modules', stayModules, editor);
}

/** In the file's own style, as far as it shows: list items under their key indented or not, and how far. */
function print(document: Document, text: string): string {
  const indent = /^( +)\S/m.exec(text.replace(/^[ \t]*#.*$/gm, ''))?.[1]?.length ?? 2;
  const isListFlush = /^( *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n\1- /m.test(text);
  const flowCollectionPadding = /[[{] /.test(text);
  return document.toString({ lineWidth: 0, indent: Math.max(2, indent), indentSeq: !isListFlush, flowCollectionPadding });
}
