import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { decoratorCalls, propertyOf, textOf } from '../../src/analyze/decorator-calls.ts';
import { type MemberTriggers, memberTriggers, type TriggerPlace } from '../../src/analyze/member-triggers.ts';
import type { LibraryModel } from '../../src/model/boot-trace.ts';

const LIFE = ['handleConnection', 'handleDisconnect', 'afterInit'];
const PACKAGES = ['@nestjs/websockets'];

/** `@nestjs/websockets`: methods of gateways that sockets start. */
export const nestGatewaysModel: LibraryModel = {
  name: 'nest-gateways',
  packages: PACKAGES,
  exports: {},
  objects: {},
  decorators: { WebSocketGateway: { handles: LIFE }, SubscribeMessage: { handles: true } },
};

/** Namespace of the gateway and name of the message: `/chat typing`. */
function messageName({ call, class: owner, member }: TriggerPlace): readonly (string | undefined)[] {
  const gateway = decoratorCalls(owner.decorators).find(({ name }) => name === 'WebSocketGateway');
  const namespace = (gateway?.arguments ?? []).map((given) => textOf(propertyOf(given, 'namespace'))).find((text) => text !== undefined);
  const name = call.name === 'SubscribeMessage' ? textOf(call.arguments[0]) : member.name;
  return [namespace === undefined || name === undefined ? name : `/${namespace.replace(/^\//, '')} ${name}`];
}

const TRIGGERS: readonly MemberTriggers[] = [
  { packages: PACKAGES, decorators: ['SubscribeMessage'], trigger: 'socket', details: messageName },
  { packages: PACKAGES, decorators: ['WebSocketGateway'], trigger: 'socket', methods: LIFE, details: messageName },
];

export const nestGatewaysAnalyzer = defineAnalyzer({
  name: 'nest-gateways',
  produces: ['trigger'],

  *analyze({ trace }) {
    yield* memberTriggers(trace, TRIGGERS);
  },
});
