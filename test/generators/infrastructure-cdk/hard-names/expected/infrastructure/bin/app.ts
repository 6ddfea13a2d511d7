import { App } from 'aws-cdk-lib';
import { DatabaseStack } from '../lib/database-stack.ts';
import { FrontDoorStack } from '../lib/front-door-stack.ts';
import { networkOf } from '../lib/network-stack.ts';
import { readSettings } from '../lib/settings.ts';
import { Slice2ndHandStack } from '../lib/slices/2nd-hand-stack.ts';
import { SliceAppStack } from '../lib/slices/app-stack.ts';
import { SliceBooksThatWereLentAndHaveNotComeBackForLongerThanOneWeekStack } from '../lib/slices/books-that-were-lent-and-have-not-come-back-for-longer-than-one-week-stack.ts';
import { SliceBooksThatWereLentAndHaveNotComeBackForLongerThanOneYearStack } from '../lib/slices/books-that-were-lent-and-have-not-come-back-for-longer-than-one-year-stack.ts';
import { SliceClassStack } from '../lib/slices/class-stack.ts';
import { SliceConstructorStack } from '../lib/slices/constructor-stack.ts';
import { SliceDatabaseStack } from '../lib/slices/database-stack.ts';
import { SliceFrontDoorStack } from '../lib/slices/front-door-stack.ts';
import { SliceNetworkStack } from '../lib/slices/network-stack.ts';
import { SliceOrder_2Stack } from '../lib/slices/order-2-stack.ts';
import { SliceOrder2Stack } from '../lib/slices/order2-stack.ts';

const app = new App();
const settings = readSettings(app);
const network = networkOf(app, 'app-3d-shop-network', settings);
const database = new DatabaseStack(app, 'app-3d-shop-database', { network });

new FrontDoorStack(app, 'app-3d-shop-front-door', {
  settings,
  slices: [
    new SliceAppStack(app, 'app-3d-shop-slice-app', { settings, network, database }),
    new SliceClassStack(app, 'app-3d-shop-slice-class', { settings, network, database }),
    new SliceConstructorStack(app, 'app-3d-shop-slice-constructor', { settings, network, database }),
    new SliceDatabaseStack(app, 'app-3d-shop-slice-database', { settings, network, database }),
    new SliceFrontDoorStack(app, 'app-3d-shop-slice-front-door', { settings, network, database }),
    new SliceNetworkStack(app, 'app-3d-shop-slice-network', { settings, network, database }),
    new SliceOrder_2Stack(app, 'app-3d-shop-slice-order-2', { settings, network, database }),
    new SliceOrder2Stack(app, 'app-3d-shop-slice-order2', { settings, network, database }),
    new Slice2ndHandStack(app, 'app-3d-shop-slice-2nd-hand', { settings, network, database }),
    new SliceBooksThatWereLentAndHaveNotComeBackForLongerThanOneYearStack(app, 'app-3d-shop-slice-books-that-were-lent-and-have-not-come-back-for-longer-than-one-year', { settings, network, database }),
    new SliceBooksThatWereLentAndHaveNotComeBackForLongerThanOneWeekStack(app, 'app-3d-shop-slice-books-that-were-lent-and-have-not-come-back-for-longer-than-one-week', { settings, network, database }),
  ],
});
app.synth();
