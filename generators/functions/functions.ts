import { defineGenerator } from '../../src/generate/generator.ts';
import { toFunctionView } from './view.ts';

const NAME = 'functions';

/** Writes the entry file of each function: it runs the moved application, as a mini app of the slice's routes. */
export const functions = defineGenerator({
  name: NAME,

  *generate({ plan, slices, closures, render }) {
    for (const service of plan.services) {
      const closure = slices.includes(service.id) ? closures.get(service.id) : undefined;
      if (closure === undefined) continue;
      const folder = `services/${service.id}/src`;
      const origin = { generator: NAME };
      for (const planned of service.functions) {
        const content = render(template('function'), toFunctionView(service, planned, closure));
        yield { path: `${folder}/functions/${planned.name}.ts`, content, origin };
      }
      for (const name of ['connection', 'lambda', 'proof']) {
        yield { path: `${folder}/banyan/${name}.ts`, content: render(template(name), {}), origin };
      }
    }
  },
});

const template = (name: string): URL => new URL(`templates/${name}.ts.hbs`, import.meta.url);
