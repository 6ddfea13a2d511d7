import { expect, test } from 'vitest';
import { isSecretName } from '../../src/lib/secret-name.ts';

test.each([
  ...[
    'JWT_SECRET',
    'DB_PASS',
    'SMTP_PASS',
    'PGPASSWORD',
    'API_KEY',
    'DATABASE_URL',
    'MONGO_URI',
    'REDIS_URL',
    'AUTH_TOKEN',
    'PASSWORD_SALT',
  ],
])('%s is a secret', (name) => expect(isSecretName(name)).toBe(true));

test.each(['PORT', 'NODE_ENV', 'ACCESS_TOKEN_TTL', 'LOG_LEVEL', 'BASE_URL', 'PASSENGER_LIMIT', 'CORS_ORIGINS', 'COMPASS'])(
  '%s is none',
  (name) => expect(isSecretName(name)).toBe(false),
);
