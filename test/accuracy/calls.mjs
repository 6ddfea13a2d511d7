// Compares the linker's calls with the TypeScript 7 checker's: for each call or `new` whose callee the checker takes to a
// function, method or class of the tree, whether we lead to the same (recall), and where we lead elsewhere (precision).
// Without the monolith's node_modules the checker knows no types of packages: what flows through them it cannot tell,
// and such calls are not in the truth.
import { share } from './linked-tree.mjs';

const SHOWN_PATTERNS = 25;

export async function compareCalls({ root, tree, program, text }, { places, pattern }) {
  const truth = await askChecker(root, tree, program);
  const edges = edgesByPlace(program);
  const counts = { truth: 0, found: 0, wrong: 0, values: 0, shapes: 0, outside: 0 };
  const missed = new Map();
  const wrong = [];
  for (const { module, call, declarations, isInside } of truth) {
    const ours = edges.get(placeKey(program.location(module.id, call.span.start))) ?? [];
    const sameName = ours.filter(({ to }) => bindingOf(program, to) === calleeName(call));
    if (!isInside) {
      if (sameName.length > 0) counts.outside += 1;
      continue;
    }
    const callable = declarations.filter(({ declaration }) => declaration !== undefined && isCallable(declaration));
    if (callable.length === 0) {
      counts[declarations.some(({ declaration }) => declaration !== undefined) ? 'values' : 'shapes'] += 1;
      continue;
    }
    counts.truth += 1;
    if (ours.some(({ to }) => callable.some((one) => leadsTo(program, to, one)))) {
      counts.found += 1;
      continue;
    }
    const written = text(module.id).slice(call.callee.span.start, call.callee.span.end).replace(/\s+/g, ' ');
    const place = program.location(module.id, call.callee.span.end);
    const line = `${module.id}:${place.line} ${written.slice(-90)} → ${callable[0].file}#${callable[0].declaration.name}`;
    if (sameName.length > 0) {
      counts.wrong += 1;
      wrong.push(`${line}   ours: ${sameName.map(({ to }) => to).join(', ')}`);
      continue;
    }
    const form = formOf(module.syntax, call);
    missed.set(form, [...(missed.get(form) ?? []), line]);
  }
  print(counts, missed, wrong, { places, pattern });
}

async function askChecker(root, tree, { program }) {
  const [{ openTypeScriptSeven }, { checkerProjects }] = await Promise.all(
    ['typescript-seven', 'checker-projects'].map((name) => import(`../../dist/src/link/checker/${name}.js`)),
  );
  const checker = await openTypeScriptSeven(root, checkerProjects(program, tree));
  const ends = new Map(program.modules.map((module) => [module.id, indexEnds(module.syntax)]));
  const roles = new Map(program.modules.map(({ id, role }) => [id, role]));
  const answers = [];
  for (const module of program.modules) {
    if (module.role !== 'source' || module.syntax.extent === 'imports') continue;
    const asked = module.syntax.calls.flatMap((call) => {
      const at = calleeOffset(call);
      return at === undefined ? [] : [{ call, at }];
    });
    const found = checker.calleesAt(
      module.id,
      asked.map(({ at }) => at),
    );
    asked.forEach(({ call }, index) => {
      const callee = found[index];
      if (callee.kind === 'unknown') return;
      const declarations = (callee.declarations ?? []).map(({ file, end }) => ({
        file,
        declaration: roles.get(file) === 'declaration' ? undefined : callableOf(ends.get(file)?.get(end) ?? [], calleeName(call)),
      }));
      answers.push({ module, call, declarations, isInside: callee.kind === 'inside' });
    });
  }
  checker.close();
  return answers;
}

/** Among declarations that end at one place, the one that is called. */
const callableOf = (declarations, name) =>
  declarations.find((one) => isCallable(one) && (one.binding === name || one.binding === undefined)) ??
  declarations.find(isCallable) ??
  declarations[0];

function indexEnds({ declarations }) {
  const ends = new Map();
  for (const declaration of declarations) {
    const { end } = declaration.span;
    ends.set(end, [...(ends.get(end) ?? []), declaration]);
  }
  return ends;
}

/** Where the name stands that a call calls. */
function calleeOffset({ kind, callee }) {
  if (kind === 'element') return undefined;
  if (callee.kind === 'name') return callee.name === 'import' || callee.name === 'require' ? undefined : callee.span.start;
  return callee.kind === 'member' ? callee.span.end - callee.property.length : undefined;
}

const calleeName = ({ callee }) => (callee.kind === 'name' ? callee.name : callee.property);

/** What running needs a body for, or what an interface declares to have one. */
const isCallable = ({ kind, returns, isAbstract, type }) =>
  kind === 'class' ||
  kind === 'function' ||
  kind === 'method' ||
  (returns !== undefined && kind !== 'getter') ||
  (kind === 'field' && isAbstract === true && type?.kind === 'function');

function edgesByPlace({ program }) {
  const places = new Map();
  for (const edge of program.calls) {
    if (edge.kind === 'callback') continue;
    const key = placeKey(edge.at);
    const list = places.get(key);
    if (list === undefined) places.set(key, [edge]);
    else list.push(edge);
  }
  return places;
}

const placeKey = ({ file, line, column }) => `${file}:${line}:${column}`;

function bindingOf(program, symbol) {
  const found = program.declaration(symbol);
  if (found === undefined) return undefined;
  const declaration = found.module.syntax.declarations[found.index];
  return declaration.kind === 'constructor' ? found.module.syntax.declarations[declaration.parent]?.binding : declaration.binding;
}

/** The same declaration, the constructor of the class, or a body of the declaration without one. */
function leadsTo(program, symbol, { file, declaration }) {
  const found = program.declaration(symbol);
  if (found === undefined) return false;
  const ours = found.module.syntax.declarations[found.index];
  const isSame = (one) => found.module.id === file && one !== undefined && one.span.end === declaration.span.end;
  if (isSame(ours) || (ours.kind === 'constructor' && isSame(found.module.syntax.declarations[ours.parent]))) return true;
  if (declaration.kind === 'class') return false;
  const isOverload = found.module.id === file && ours.name === declaration.name;
  return isOverload || (declaration.returns === undefined && ours.binding === declaration.binding);
}

/** The written form of a callee, its names left out: what was not resolved is grouped by it. */
function formOf(syntax, call) {
  const form = (expression, depth) => {
    if (depth > 4) return '…';
    switch (expression.kind) {
      case 'name': {
        const binding = syntax.declarations.findLast(({ binding, span }) => binding === expression.name && span.start <= call.span.start);
        return `<${binding === undefined ? 'import' : binding.kind}>`;
      }
      case 'member':
        return `${form(expression.object, depth + 1)}.m`;
      case 'call':
        return `${form(syntax.calls[expression.call].callee, depth + 1)}()`;
      case 'await':
        return `(await ${form(expression.value, depth + 1)})`;
      case 'index':
        return `${form(expression.object, depth + 1)}[…]`;
      default:
        return expression.kind;
    }
  };
  return `${call.kind === 'new' ? 'new ' : ''}${form(call.callee, 0)}`;
}

function print(counts, missed, wrong, { places, pattern }) {
  const misses = counts.truth - counts.found;
  console.log(`calls    checker ${counts.truth}, found ${counts.found}, recall ${share(counts.found, counts.truth)}`);
  console.log(
    `         elsewhere ${counts.wrong}, outside ${counts.outside}, precision ${share(counts.found, counts.found + counts.wrong + counts.outside)}`,
  );
  console.log(
    `         left out: ${counts.values} calls of values (parameters, variables), ${counts.shapes} of members of structural and ambient types`,
  );
  const forms = [...missed].sort((left, right) => right[1].length - left[1].length);
  if (misses > 0) console.log('\nnot resolved, by form of the callee:');
  for (const [form, lines] of forms.slice(0, SHOWN_PATTERNS)) {
    console.log(`${String(lines.length).padStart(6)}  ${form}`);
    const shown = pattern === undefined ? places : form === pattern ? lines.length : 0;
    for (const line of lines.slice(0, shown)) console.log(`          ${line}`);
  }
  if (wrong.length > 0) console.log('\nresolved to another declaration:');
  for (const line of wrong.slice(0, Math.max(places * 5, 10))) console.log(`  ${line}`);
}
