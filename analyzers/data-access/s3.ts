import { defineAnalyzer } from '../../src/analyze/analyzer.ts';
import { type RequestStore, requestAccesses } from './flow/request-stores.ts';

/** Finds what code does to buckets of S3 through the AWS SDK, version 2 and 3: `s3:covers`. */
export const s3 = defineAnalyzer({
  name: 's3',
  produces: ['table-access', 'transaction'],
  analyze: (input) => requestAccesses(input, store),
});

const store: RequestStore = {
  library: 's3',
  packages: new Set(['@aws-sdk/client-s3', '@aws-sdk/lib-storage', 'aws-sdk']),
  property: 'Bucket',
  commands: {
    GetObjectCommand: 'read',
    HeadObjectCommand: 'read',
    ListObjectsCommand: 'read',
    ListObjectsV2Command: 'read',
    PutObjectCommand: 'upsert',
    CopyObjectCommand: 'upsert',
    CreateMultipartUploadCommand: 'upsert',
    UploadPartCommand: 'upsert',
    CompleteMultipartUploadCommand: 'upsert',
    DeleteObjectCommand: 'delete',
    DeleteObjectsCommand: 'delete',
  },
  methods: {
    getObject: 'read',
    headObject: 'read',
    listObjects: 'read',
    listObjectsV2: 'read',
    putObject: 'upsert',
    upload: 'upsert',
    copyObject: 'upsert',
    createMultipartUpload: 'upsert',
    deleteObject: 'delete',
    deleteObjects: 'delete',
  },
};
