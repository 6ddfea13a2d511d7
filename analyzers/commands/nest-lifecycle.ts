import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { type MemberTriggers, memberTriggers } from '../../src/analyze/member-triggers.ts';

const TRIGGERS: readonly MemberTriggers[] = [
  {
    packages: ['@nestjs/common'],
    decorators: ['Injectable', 'Controller', 'Module'],
    trigger: 'startup',
    methods: ['onModuleInit', 'onApplicationBootstrap'],
    details: ({ member }) => [member.name],
  },
];

/** Methods that Nest calls when it starts. */
export const nestLifecycleAnalyzer = defineAnalyzer({
  name: 'nest-lifecycle',
  produces: ['trigger'],

  *analyze({ trace }) {
    yield* memberTriggers(trace, TRIGGERS);
  },
});
