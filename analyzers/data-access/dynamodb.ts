import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { type RequestStore, requestAccesses } from './flow/request-stores.ts';

/** Finds what code does to tables of DynamoDB through the AWS SDK, version 2 and 3: `dynamodb:books`. */
export const dynamodb = defineAnalyzer({
  name: 'dynamodb',
  produces: ['table-access', 'transaction'],
  analyze: (input) => requestAccesses(input, store),
});

const store: RequestStore = {
  library: 'dynamodb',
  packages: new Set(['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', 'aws-sdk', 'dynamodb-toolbox']),
  property: 'TableName',
  commands: {
    GetItemCommand: 'read',
    BatchGetItemCommand: 'read',
    QueryCommand: 'read',
    ScanCommand: 'read',
    TransactGetItemsCommand: 'read',
    PutItemCommand: 'upsert',
    UpdateItemCommand: 'update',
    DeleteItemCommand: 'delete',
    BatchWriteItemCommand: 'upsert',
    TransactWriteItemsCommand: 'upsert',
    GetCommand: 'read',
    BatchGetCommand: 'read',
    TransactGetCommand: 'read',
    PutCommand: 'upsert',
    UpdateCommand: 'update',
    DeleteCommand: 'delete',
    BatchWriteCommand: 'upsert',
    TransactWriteCommand: 'upsert',
  },
  methods: {
    get: 'read',
    getItem: 'read',
    batchGet: 'read',
    batchGetItem: 'read',
    query: 'read',
    scan: 'read',
    transactGet: 'read',
    put: 'upsert',
    putItem: 'upsert',
    update: 'update',
    updateItem: 'update',
    delete: 'delete',
    deleteItem: 'delete',
    batchWrite: 'upsert',
    batchWriteItem: 'upsert',
    transactWrite: 'upsert',
    transactWriteItems: 'upsert',
  },
  batches: { RequestItems: 'keys', TransactItems: 'requests' },
  requests: {
    Get: 'read',
    ConditionCheck: 'read',
    Put: 'upsert',
    Update: 'update',
    Delete: 'delete',
    PutRequest: 'upsert',
    DeleteRequest: 'delete',
  },
};
