import { isSecretName } from '../lib/secret-name.ts';

/** Values that must not come into a report by way of some text; very short ones would hide too much else. */
export const secretValues = (names: readonly string[], values: NodeJS.ProcessEnv): readonly string[] =>
  names.flatMap((name) => {
    const value = values[name];
    return value !== undefined && value.length >= 6 && isSecretName(name) ? [value] : [];
  });

export const maskValues = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
