/** Providers by the package of their library. */
const providers: ReadonlyMap<string, string> = new Map([
  ['stripe', 'stripe'],
  ['twilio', 'twilio'],
  ['@sendgrid/mail', 'sendgrid'],
  ['@sendgrid/client', 'sendgrid'],
  ['nodemailer', 'smtp'],
  ['@nestjs-modules/mailer', 'smtp'],
  ['mailgun.js', 'mailgun'],
  ['mailgun-js', 'mailgun'],
  ['postmark', 'postmark'],
  ['resend', 'resend'],
  ['@mailchimp/mailchimp_marketing', 'mailchimp'],
  ['openai', 'openai'],
  ['@anthropic-ai/sdk', 'anthropic'],
  ['@google/generative-ai', 'google generative ai'],
  ['@slack/web-api', 'slack'],
  ['@slack/webhook', 'slack'],
  ['@octokit/rest', 'github'],
  ['octokit', 'github'],
  ['firebase-admin', 'firebase'],
  ['expo-server-sdk', 'expo push'],
  ['apn', 'apple push'],
  ['web-push', 'web push'],
  ['onesignal-node', 'onesignal'],
  ['plaid', 'plaid'],
  ['braintree', 'braintree'],
  ['@paypal/checkout-server-sdk', 'paypal'],
  ['razorpay', 'razorpay'],
  ['square', 'square'],
  ['algoliasearch', 'algolia'],
  ['cloudinary', 'cloudinary'],
  ['googleapis', 'google apis'],
  ['google-auth-library', 'google auth'],
  ['@googlemaps/google-maps-services-js', 'google maps'],
  ['@sentry/node', 'sentry'],
  ['posthog-node', 'posthog'],
  ['mixpanel', 'mixpanel'],
  ['@segment/analytics-node', 'segment'],
  ['@hubspot/api-client', 'hubspot'],
  ['jsforce', 'salesforce'],
  ['auth0', 'auth0'],
  ['@clerk/clerk-sdk-node', 'clerk'],
  ['ldapjs', 'ldap'],
  ['ssh2', 'ssh'],
  ['ssh2-sftp-client', 'sftp'],
  ['basic-ftp', 'ftp'],
  ['aws-sdk', 'aws'],
]);

/** Libraries of one provider in many packages, and what its services are called. */
const families: readonly (readonly [prefix: string, provider: string])[] = [
  ['@aws-sdk/client-', 'aws'],
  ['@google-cloud/', 'google cloud'],
  ['@azure/', 'azure'],
];

/** Packages of a family that ask nothing, or whose calls are facts of another kind. */
const OTHERS = /^@azure\/(?:functions|core-|logger|service-bus)|^@google-cloud\/(?:pubsub|functions-framework)/;

export const isProvider = (name: string): boolean => providers.has(name) || familyOf(name) !== undefined;

/** The provider that calls of a package's export go to: `stripe`, `aws sqs`. */
export function providerOf(name: string, path: readonly string[]): string | undefined {
  const provider = providers.get(name);
  if (provider === 'aws') return path[0] === undefined || path[0] === 'default' ? `aws${serviceIn(path[1])}` : `aws${serviceIn(path[0])}`;
  if (provider !== undefined) return provider;
  const family = familyOf(name);
  return family === undefined ? undefined : `${family[1]} ${name.slice(family[0].length)}`;
}

const familyOf = (name: string): (typeof families)[number] | undefined =>
  OTHERS.test(name) ? undefined : families.find(([prefix]) => name.startsWith(prefix));

const serviceIn = (name: string | undefined): string => (name === undefined ? '' : ` ${name.toLowerCase()}`);
