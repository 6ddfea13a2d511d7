import type { BootTrace } from '../../../src/model/boot-trace.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';

/** Plugins of packages that may register routes of their own, which are not seen. */
export const packagePlugins = ({ effects }: BootTrace): readonly Diagnostic[] =>
  effects
    .filter(({ verb }) => verb === 'package-plugin')
    .flatMap(({ arguments: [plugin], at }): readonly Diagnostic[] =>
      plugin?.kind !== 'external' || WITHOUT_ROUTES.test(plugin.package)
        ? []
        : [{ code: 'object-escapes', data: { object: 'hapi.server', into: plugin.package }, at }],
    );

/** Packages for files, views, sessions, cookies, logs and authentication register no route by themselves. */
const WITHOUT_ROUTES =
  /^(?:@hapi\/(?:inert|vision|cookie|basic|jwt|bell|yar|crumb|scooter|h2o2|good|wreck)|inert|vision|bell|yar|crumb|good|blipp|blankie|disinfect|(?:@[\w-]+\/)?hapi-(?:auth|pino|pulse|rate|cors|i18n|sentry|error|boom|qs|geo|locale|tracing|trailing|gate|require)[\w-]*)$/;
