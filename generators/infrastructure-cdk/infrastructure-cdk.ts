import { routeGateway } from '../../src/generate/gateway/gateway-routes.ts';
import { defineGenerator } from '../../src/generate/generator.ts';
import type { Artifact } from '../../src/model/artifact.ts';
import { cdkContext, infrastructurePackage, infrastructureTsconfig } from './data-files.ts';
import { bundlingView, toAppView, toRoutesView, toSliceView } from './view.ts';

/** A CDK application: the front door, a stack for each slice, and the database the tables move to. */
export const infrastructureCdk = defineGenerator({
  name: 'infrastructure-cdk',

  *generate(input) {
    const app = toAppView(input);
    const slices = app.slices.map((_, index) => toSliceView(input, app, index));
    const print = (path: string, template: string, view: object): Artifact =>
      artifact(path, input.render(new URL(`./templates/${template}.hbs`, import.meta.url), view));

    yield artifact('infrastructure/package.json', json(infrastructurePackage(input.plan)));
    yield artifact('infrastructure/tsconfig.json', json(infrastructureTsconfig()));
    yield artifact('infrastructure/cdk.json', json(cdkContext(app)));
    yield artifact('infrastructure/README.md', input.render(new URL('./templates/readme.hbs', import.meta.url), app));
    yield print('infrastructure/bin/app.ts', 'app', app);
    for (const name of sharedFiles(app)) yield print(`infrastructure/lib/${name}.ts`, name, { ...app, ...bundlingView() });
    yield print('infrastructure/lib/routes.ts', 'routes', toRoutesView(routeGateway(input)));
    for (const slice of slices) yield print(`infrastructure/lib/slices/${slice.slice}-stack.ts`, slice.template, slice);
    for (const name of ['copy-files', 'load-secrets', 'print-left-out']) yield print(`infrastructure/runtime/${name}.mjs`, name, app);
    yield artifact('infrastructure/runtime/find-left-out.mjs', input.render(FIND_LEFT_OUT, {}));
  },
});

/** The local runtime's own file: what was proven is what is deployed. */
const FIND_LEFT_OUT = new URL('../../src/lib/left-out/find-left-out.mjs', import.meta.url);

const artifact = (path: string, content: string): Artifact => ({ path, content, origin: { generator: 'infrastructure-cdk' } });

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Files of `lib/` that are the same for every slice, as far as this application needs them. */
function sharedFiles({ hasNetwork, hasDatabase, hasFunctions, hasSecrets }: ReturnType<typeof toAppView>): readonly string[] {
  return [
    'front-door-stack',
    'settings',
    'slice-stack-props',
    'variables',
    ...(hasFunctions ? ['copied-files', 'left-out-packages', 'slice-function'] : []),
    ...(hasSecrets ? ['slice-secret'] : []),
    ...(hasNetwork ? ['network-stack', 'network-placement'] : []),
    ...(hasDatabase ? ['database-stack'] : []),
  ];
}
