import { App } from 'aws-cdk-lib';
import { DatabaseStack } from '../lib/database-stack.ts';
import { FrontDoorStack } from '../lib/front-door-stack.ts';
import { networkOf } from '../lib/network-stack.ts';
import { readSettings } from '../lib/settings.ts';
import { Slice1stOrdersStack } from '../lib/slices/1st-orders-stack.ts';
import { SliceCatalogueStack } from '../lib/slices/catalogue-stack.ts';

const app = new App();
const settings = readSettings(app);
const network = networkOf(app, 'acme-bookshop-network', settings);
const database = new DatabaseStack(app, 'acme-bookshop-database', { network });

new FrontDoorStack(app, 'acme-bookshop-front-door', {
  settings,
  slices: [
    new SliceCatalogueStack(app, 'acme-bookshop-slice-catalogue', { settings, network, database }),
    new Slice1stOrdersStack(app, 'acme-bookshop-slice-1st-orders', { settings, network, database }),
  ],
});
app.synth();
