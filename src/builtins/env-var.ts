import { DiagnosticError } from '../core/index.ts';
import type { PyFunction, Runtime, Value } from '../jinja/index.ts';
import { missingEnvVar, secretEnvVar } from './diagnostics.ts';
import { plainFunction } from './signature.ts';

/** Variables with this prefix may be used in profiles and packages only, and are kept out of everything printed. */
export const SECRET_PREFIX = 'DBT_ENV_SECRET';

/** What `env_var` needs to know. */
export interface EnvVarHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether secrets may be read: in profiles and packages. */
  readonly allowSecrets?: boolean;
  /** Told of each variable read, with the value used; null where the default was. */
  onRead?(name: string, value: string | null): void;
}

/** `env_var(name, default)`: a variable of the environment as text. */
export function envVar(host: EnvVarHost): PyFunction {
  return plainFunction('env_var', ['var', 'default?'], ([name, fallback], runtime: Runtime): Value => {
    const wanted = String(name);
    if (!host.allowSecrets && wanted.startsWith(SECRET_PREFIX))
      throw new DiagnosticError(secretEnvVar({ name: wanted }, { at: runtime.here() }));
    const value = host.env[wanted];
    if (value !== undefined) {
      host.onRead?.(wanted, value);
      return value;
    }
    if (fallback === undefined || fallback === null) {
      throw new DiagnosticError(missingEnvVar({ name: wanted }, { at: runtime.here() }));
    }
    host.onRead?.(wanted, null);
    return fallback;
  });
}
