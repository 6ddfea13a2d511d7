/** What libraries of providers call to check that a request is signed by the provider. */
export interface SignatureLibrary {
  readonly provider: string;
  /** The way from the package's exports to what is called. */
  readonly checks: RegExp;
}

const github: SignatureLibrary = { provider: 'github', checks: /(?:^|\.)(?:verify|verifyAndReceive|createNodeMiddleware)$/ };
const githubApp: SignatureLibrary = { provider: 'github', checks: /\bwebhooks\.(?:verify|verifyAndReceive)$/ };
const clerk: SignatureLibrary = { provider: 'clerk', checks: /^verifyWebhook$/ };

/** By package. */
export const SIGNATURE_LIBRARIES: Readonly<Record<string, SignatureLibrary>> = {
  stripe: { provider: 'stripe', checks: /\bwebhooks\.(?:constructEvent(?:Async)?|signature\.verifyHeader(?:Async)?)$/ },
  '@octokit/webhooks': github,
  '@octokit/webhooks-methods': github,
  '@octokit/app': githubApp,
  octokit: githubApp,
  svix: { provider: 'svix', checks: /^Webhook\.verify$/ },
  twilio: { provider: 'twilio', checks: /^(?:validateRequest(?:WithBody)?|validateExpressRequest|webhook)$/ },
  '@slack/events-api': { provider: 'slack', checks: /^verifyRequestSignature$/ },
  '@clerk/backend/webhooks': clerk,
  '@clerk/express/webhooks': clerk,
  '@clerk/fastify/webhooks': clerk,
  '@clerk/nextjs/webhooks': clerk,
  '@line/bot-sdk': { provider: 'line', checks: /^(?:middleware|validateSignature)$/ },
  razorpay: { provider: 'razorpay', checks: /(?:^|\.)validateWebhookSignature$/ },
  '@sendgrid/eventwebhook': { provider: 'sendgrid', checks: /^EventWebhook\.verifySignature$/ },
  '@shopify/shopify-api': { provider: 'shopify', checks: /\bwebhooks\.(?:validate|process)$/ },
  '@paddle/paddle-node-sdk': { provider: 'paddle', checks: /\bwebhooks\.unmarshal$/ },
  '@workos-inc/node': { provider: 'workos', checks: /\bwebhooks\.constructEvent$/ },
};

/** Headers in which providers send what own code compares; those that several providers send say nothing by themselves. */
export const SIGNATURE_HEADERS: Readonly<Record<string, string>> = {
  'stripe-signature': 'stripe',
  'x-shopify-hmac-sha256': 'shopify',
  'x-slack-signature': 'slack',
  'x-twilio-signature': 'twilio',
  'svix-signature': 'svix',
  'x-razorpay-signature': 'razorpay',
  'x-paystack-signature': 'paystack',
  'paddle-signature': 'paddle',
  'x-square-hmacsha256-signature': 'square',
  'x-line-signature': 'line',
  'x-zm-signature': 'zoom',
  'typeform-signature': 'typeform',
  'linear-signature': 'linear',
  'sentry-hook-signature': 'sentry',
  'x-vercel-signature': 'vercel',
  'x-wc-webhook-signature': 'woocommerce',
  'x-cc-webhook-signature': 'coinbase',
  'calendly-webhook-signature': 'calendly',
  'x-pagerduty-signature': 'pagerduty',
  'x-dropbox-signature': 'dropbox',
};
