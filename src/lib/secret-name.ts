/** Whether a variable's name says that its value must not be shown. */
export const isSecretName = (name: string): boolean => SECRET.test(name) && !MEASURE.test(name);

const SECRET =
  /SECRET|PASSWORD|PASSWD|PASSPHRASE|(^|_)(PASS|PWD)$|TOKEN|KEY|CREDENTIAL|(^|_)SALT$|DSN|CONNECTION_?STRING|(DATABASE|DB|MONGO|MONGODB|REDIS|POSTGRES|PG|MYSQL|AMQP|RABBITMQ)_?(URL|URI)/i;
/** How long a secret lives or how it is handed over is none. */
const MEASURE = /_(TTL|EXPIRY|EXPIRES|EXPIRES_IN|EXPIRATION|LENGTH|ROUNDS|HEADER|ALGORITHM)$/i;
