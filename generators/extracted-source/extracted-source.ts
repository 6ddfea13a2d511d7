import { defineGenerator } from '../../src/generate/generator.ts';

import type { Artifact } from '../../src/model/artifact.ts';
import { toClosureReport, toModulePlaceView } from './view.ts';

const NAME = 'extracted-source';

/** Writes the moved code of each slice, the modules of Banyan that it calls, and `closure.json`, which says what moved. */
export const extractedSource = defineGenerator({
  name: NAME,

  *generate({ slices, closures, readBytes, render }) {
    for (const slice of slices) {
      const closure = closures.get(slice);
      if (closure === undefined) continue;
      const folder = `services/${slice}`;
      const generated = (path: string, content: string): Artifact => ({ path: `${folder}/${path}`, content, origin: { generator: NAME } });
      for (const file of closure.files) yield { ...generated(file.path, file.text), origin: { generator: NAME, source: file.module } };
      for (const asset of closure.assets) {
        const content = readBytes(asset.source);
        if (content !== undefined) yield { path: `${folder}/${asset.path}`, content, origin: { generator: NAME, source: asset.source } };
      }
      if (closure.entry.kind === 'provided') yield generated('src/banyan/application.ts', render(template('application'), {}));
      if (closure.modulePlaces.length > 0)
        yield generated('src/banyan/module-place.ts', render(template('module-place'), toModulePlaceView(closure)));
      if (closure.requestScoped.length > 0) yield generated('src/banyan/request-scope.ts', render(template('request-scope'), {}));
      yield generated('closure.json', `${JSON.stringify(toClosureReport(closure), null, 2)}\n`);
    }
  },
});

const template = (name: string): URL => new URL(`templates/${name}.ts.hbs`, import.meta.url);
