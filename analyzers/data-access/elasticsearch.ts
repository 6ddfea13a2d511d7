import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { type RequestStore, requestAccesses } from './flow/request-stores.ts';

/** Finds what code does to indices of Elasticsearch and OpenSearch: `elasticsearch:books`. */
export const elasticsearch = defineAnalyzer({
  name: 'elasticsearch',
  produces: ['table-access', 'transaction'],
  analyze: (input) => requestAccesses(input, store),
});

const store: RequestStore = {
  library: 'elasticsearch',
  packages: new Set(['@elastic/elasticsearch', 'elasticsearch', '@opensearch-project/opensearch', '@nestjs/elasticsearch']),
  property: 'index',
  commands: {},
  methods: {
    search: 'read',
    get: 'read',
    mget: 'read',
    count: 'read',
    exists: 'read',
    getSource: 'read',
    index: 'upsert',
    create: 'create',
    update: 'update',
    updateByQuery: 'update',
    delete: 'delete',
    deleteByQuery: 'delete',
  },
};
