import { describe, expect, test } from 'vitest';
import { analyzeRoutes, type Files } from '../../../support/http-routes.ts';

/** `stripe by stripe.webhooks.constructEvent`, and how a request says who asks where no provider is known. */
const told = (files: Files): readonly string[] =>
  analyzeRoutes(files).routes.flatMap(({ webhook, authentication }) => {
    if (webhook !== undefined) return [`${webhook.provider} by ${webhook.by}`];
    return authentication === undefined ? [] : [`${authentication.scheme} by ${authentication.by}`];
  });

const served = (code: string, more: Files = {}): Files => ({
  'src/main.ts': `import express from 'express'; const app = express();\n${code}\napp.listen(1);`,
  ...more,
});

describe('libraries of providers', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'Stripe',
      `import Stripe from 'stripe'; const stripe = new Stripe('k'); app.post('/hook', (req, res) => { const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], 's'); res.json(event); });`,
      ['stripe by stripe.webhooks.constructEvent'],
    ],
    [
      'Stripe, awaited and required',
      `const stripe = require('stripe')('k'); async function paid(req, res) { await stripe.webhooks.constructEventAsync(req.body, req.get('stripe-signature'), 's'); res.end(); } app.post('/hook', paid);`,
      ['stripe by stripe.webhooks.constructEventAsync'],
    ],
    [
      'GitHub',
      `import { Webhooks } from '@octokit/webhooks'; const webhooks = new Webhooks({ secret: 's' }); app.post('/hook', async (req, res) => { await webhooks.verifyAndReceive({ id: '1' }); res.end(); });`,
      ['github by @octokit/webhooks.Webhooks.verifyAndReceive'],
    ],
    [
      'svix in middleware',
      `import { Webhook } from 'svix'; const check = (req, res, next) => { new Webhook('s').verify(req.body, req.headers); next(); }; app.post('/hook', check, (req, res) => res.end());`,
      ['svix by svix.Webhook.verify'],
    ],
    [
      'Twilio',
      `import twilio from 'twilio'; app.post('/hook', (req, res) => { if (!twilio.validateRequest('t', 's', 'u', req.body)) return res.status(403).end(); res.end(); });`,
      ['twilio by twilio.validateRequest'],
    ],
    [
      'middleware of Twilio',
      `import twilio from 'twilio'; app.post('/hook', twilio.webhook({ validate: true }), (req, res) => res.end());`,
      ['twilio by twilio.webhook'],
    ],
    [
      'a function that the handler calls',
      `import Stripe from 'stripe'; const stripe = new Stripe('k'); const eventOf = (req) => stripe.webhooks.constructEvent(req.body, 'h', 's'); app.post('/hook', (req, res) => { eventOf(req); res.end(); });`,
      ['stripe by stripe.webhooks.constructEvent'],
    ],
    [
      'other calls of the same libraries',
      `import Stripe from 'stripe'; import twilio from 'twilio'; const stripe = new Stripe('k'); app.post('/pay', async (req, res) => { await stripe.charges.create({}); await twilio('a', 'b').messages.create({}); await stripe.webhookEndpoints.create({}); res.end(); });`,
      [],
    ],
    [
      'another function that verifies',
      `import jwt from './jwt'; app.post('/pay', (req, res) => { jwt.verify(req.body); res.end(); });`,
      [],
    ],
    [
      'a route beside it',
      `import Stripe from 'stripe'; const stripe = new Stripe('k'); function routes() { app.post('/hook', (req, res) => { stripe.webhooks.constructEvent(req.body, 'h', 's'); res.end(); }); app.get('/books', (req, res) => res.json([])); } routes();`,
      ['stripe by stripe.webhooks.constructEvent'],
    ],
    [
      'middleware for all that chooses by the path',
      `import Stripe from 'stripe'; const stripe = new Stripe('k'); app.use((req, res, next) => { const path = req.path; if (path === '/hook') stripe.webhooks.constructEvent(req.body, 'h', 's'); next(); }); app.get('/books', (req, res) => res.json([]));`,
      [],
    ],
  ])('%s', (_title, code, expected) =>
    expect(told(served(code, { 'src/jwt.ts': 'export default { verify(_: unknown) {} };' }))).toEqual(expected),
  );

  test('handlers of Nest', () => {
    const files = {
      'src/main.ts': `import { NestFactory } from '@nestjs/core'; import { AppModule } from './app';
        async function start() { const app = await NestFactory.create(AppModule); await app.listen(1); } start();`,
      'src/app.ts': `import { Body, Controller, Get, Headers, Injectable, Module, Post } from '@nestjs/common'; import Stripe from 'stripe';
        @Injectable() export class Payments { private readonly stripe: Stripe = new Stripe('k'); read(body: string, signature: string) { return this.stripe.webhooks.constructEvent(body, signature, 's'); } }
        @Controller('payments') export class PaymentController { constructor(private readonly payments: Payments) {}
          @Post('hook') hook(@Body() body: string, @Headers('stripe-signature') signature: string) { return this.payments.read(body, signature); }
          @Get() list() { return []; } }
        @Module({ controllers: [PaymentController], providers: [Payments] }) export class AppModule {}`,
    };
    expect(told(files)).toEqual(['stripe by stripe.webhooks.constructEvent']);
  });
});

const CRYPTO = `import crypto from 'node:crypto';
const hashOf = (body) => crypto.createHmac('sha256', process.env.SECRET).update(body).digest();`;

describe('signatures that own code compares', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'of a provider',
      `app.post('/hook', (req, res) => { const given = req.headers['x-shopify-hmac-sha256']; const made = crypto.createHmac('sha256', 's').update(req.body).digest('base64'); if (!crypto.timingSafeEqual(Buffer.from(made), Buffer.from(given))) return res.sendStatus(401); res.end(); });`,
      ['shopify by HMAC in x-shopify-hmac-sha256'],
    ],
    [
      'in middleware, through other functions',
      `const isSame = (a, b) => crypto.timingSafeEqual(Buffer.from(a), Buffer.from(b)); const isSigned = (body, given) => isSame(hashOf(body), given);
       function check(req, res, next) { if (!isSigned(req.body, req.get('X-Slack-Signature'))) throw new Error('no'); next(); } app.post('/hook', check, (req, res) => res.end());`,
      ['slack by HMAC in x-slack-signature'],
    ],
    [
      'with a name for the header',
      `const HEADER = 'x-hub-signature-256'; app.post('/hook', (req, res) => { const event = req.get('x-github-event'); if (!crypto.timingSafeEqual(hashOf(req.body), Buffer.from(req.get(HEADER)))) return res.sendStatus(401); res.json(event); });`,
      ['github by HMAC in x-hub-signature-256'],
    ],
    [
      'of nobody known',
      `app.post('/hook', (req, res) => { const { 'x-signature': given } = req.headers; if (!crypto.timingSafeEqual(hashOf(req.body), Buffer.from(given))) return res.sendStatus(401); res.end(); });`,
      ['signature by HMAC in x-signature'],
    ],
    [
      'a header that several providers send',
      `app.post('/hook', (req, res) => { if (!crypto.timingSafeEqual(hashOf(req.body), Buffer.from(req.headers['x-hub-signature-256']))) return res.sendStatus(401); res.end(); });`,
      ['signature by HMAC in x-hub-signature-256'],
    ],
    [
      'a token that is compared',
      `app.get('/mail', (req, res) => { if (!crypto.timingSafeEqual(hashOf(req.query.mail), Buffer.from(req.query.token))) return res.end(); res.json([]); });`,
      [],
    ],
    [
      'a signature that is sent',
      `app.post('/send', async (req, res) => { await fetch('https://partner.test', { headers: { 'x-signature': hashOf(req.body).toString('hex') } }); res.end(); });`,
      [],
    ],
    [
      'a signature that is answered beside a token that is compared',
      `app.post('/send', (req, res) => { crypto.timingSafeEqual(Buffer.from(req.body.token), Buffer.from('t')); res.set('x-signature', hashOf(req.body).toString('hex')); res.end(); });`,
      [],
    ],
    [
      'a header that nobody compares',
      `app.post('/send', (req, res) => { const given = req.get('x-signature'); res.json(hashOf(given)); });`,
      [],
    ],
  ])('%s', (_title, code, expected) => expect(told(served(`${CRYPTO}\n${code}`))).toEqual(expected));
});
