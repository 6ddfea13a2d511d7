import { findLeftOut } from './find-left-out.mjs';

// Prints as JSON what has to stay out of a function's bundle.
const [entry = ''] = process.argv.slice(2);
const { external, copied } = await findLeftOut({ directory: process.cwd(), entry, provided: ['@aws-sdk/', '@smithy/'] });
process.stdout.write(JSON.stringify({ external, copied }));
