import type { CallModel, LibraryModel } from '../../../src/model/boot-trace.ts';

export const OCTOKIT_ENDPOINT = 'octokit.endpoint';
const listens: CallModel = { records: 'github-event', returns: 'undefined' };

/** Webhooks of GitHub: what code does with each event, and the middleware that takes them. */
export const octokitWebhooksModel: LibraryModel = {
  name: 'octokit',
  packages: ['@octokit/webhooks'],
  exports: {
    Webhooks: { constructs: true, returns: { object: 'octokit.webhooks' } },
    createNodeMiddleware: { returns: { object: OCTOKIT_ENDPOINT } },
  },
  objects: {
    'octokit.webhooks': { members: { on: listens, onAny: listens, '*': { returns: 'unknown' } } },
    [OCTOKIT_ENDPOINT]: { members: {} },
  },
};
