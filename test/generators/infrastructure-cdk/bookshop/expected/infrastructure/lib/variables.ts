import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** A variable the moved code reads from its environment. */
export interface Variable {
  readonly name: string;
  readonly secret: boolean;
  /** What the moved code itself falls back to; for secrets only whether it does. */
  readonly fallback?: string | true;
  /** Template over the database's secret, used when the slices run on Aurora. */
  readonly database?: string;
}

/** Plain values, and for each secret the variables that are read from it when a function starts. */
export interface ResolvedVariables {
  readonly plain: Readonly<Record<string, string>>;
  readonly secret: readonly SecretVariable[];
}

export interface SecretVariable {
  readonly name: string;
  readonly source: 'slice' | 'database';
  /** `{key}` stands for a value of the secret. */
  readonly template: string;
  readonly optional: boolean;
}

/** Where each variable of a slice comes from. A plain one without any value is a warning, not a guess. */
export function resolveVariables(scope: Construct, slice: string, variables: readonly Variable[], settings: Settings): ResolvedVariables {
  const plain: Record<string, string> = {};
  const secret: SecretVariable[] = [];
  for (const { name, secret: isSecret, fallback, database } of variables) {
    const chosen = settings.environment[slice]?.[name];
    if (database !== undefined && settings.database === 'aurora') secret.push({ name, source: 'database', template: database, optional: false });
    else if (isSecret) secret.push({ name, source: 'slice', template: `{${name}}`, optional: fallback !== undefined });
    else if (chosen !== undefined) plain[name] = chosen;
    else if (typeof fallback === 'string') plain[name] = fallback;
    else Annotations.of(scope).addWarningV2(`variable:${name}`, `${slice} reads ${name}, which has no value: set environment.${slice}.${name} in cdk.json`);
  }
  return { plain, secret };
}
