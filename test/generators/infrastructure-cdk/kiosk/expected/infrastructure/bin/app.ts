import { App } from 'aws-cdk-lib';
import { FrontDoorStack } from '../lib/front-door-stack.ts';
import { readSettings } from '../lib/settings.ts';
import { SliceNewsStack } from '../lib/slices/news-stack.ts';

const app = new App();
const settings = readSettings(app);

new FrontDoorStack(app, 'kiosk-front-door', {
  settings,
  slices: [
    new SliceNewsStack(app, 'kiosk-slice-news', { settings }),
  ],
});
app.synth();
