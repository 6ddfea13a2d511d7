import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { Render } from '../generator.ts';
import { literal } from './literal.ts';

/**
 * The template engine of the generators: its own instance, strict, without HTML escaping, with these helpers only.
 * `{{literal x}}` prints a value as source text; a view never prints a string into code in another way.
 */
export function createRender(): Render {
  const engine = Handlebars.create();
  for (const name of Object.keys(engine.helpers)) if (!BUILT_IN.has(name)) engine.unregisterHelper(name);
  engine.registerHelper('literal', literal);
  const knownHelpers = Object.fromEntries([...BUILT_IN, 'literal'].map((name) => [name, true]));
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  return (template, view) => {
    const known = compiled.get(template.href);
    const print =
      known ??
      engine.compile(readFileSync(template, 'utf8'), {
        strict: true,
        noEscape: true,
        knownHelpersOnly: true,
        knownHelpers,
        explicitPartialContext: true,
      });
    compiled.set(template.href, print);
    return print(view, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false });
  };
}

const BUILT_IN: ReadonlySet<string> = new Set(['if', 'unless', 'each']);
