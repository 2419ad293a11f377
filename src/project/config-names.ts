import { envVar, VarFunction } from '../builtins/index.ts';
import { compileTemplate, nativeRender, type PyDict, PyFunction, type Scope, type Value } from '../jinja/index.ts';
import type { RenderText } from './render.ts';

/** What templates in configuration files can see. */
export interface ConfigNames {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--vars`, with those of vars.yml beneath them where the file is dbt_project.yml. */
  readonly vars: PyDict;
  /** `target`, and whatever else is the same in every template; none of it is needed. */
  readonly base?: ReadonlyMap<string, Value>;
  /** Whether `DBT_ENV_SECRET_` variables may be read: in profiles.yml and packages.yml. */
  readonly allowSecrets?: boolean;
  /** False where a var that is missing is None instead of an error, as in `deps`. */
  readonly requireVars?: boolean;
  /** Told of each variable read, with the value used; null where the default was. */
  onEnvVar?(name: string, value: string | null): void;
}

const jinja = /\{[{%#]/;

/** Makes the function that renders the texts of dbt_project.yml, profiles.yml, packages.yml and selectors.yml. */
export function configRenderer(names: ConfigNames): RenderText {
  const { env, vars, base, allowSecrets, onEnvVar } = names;
  const envFunction = envVar({ env, allowSecrets, onRead: onEnvVar });
  const scope: Scope = {
    lookup(name) {
      if (name === 'env_var') return envFunction;
      if (name === 'var') return varFunction;
      return base?.get(name);
    },
  };
  const asker = '<Configuration>';
  const strict = new VarFunction({
    asker,
    find(name) {
      const value = vars.get(name);
      // A var may be a template itself, seen by the same names.
      if (typeof value !== 'string' || !jinja.test(value)) return value;
      return compileTemplate(value, `var ${name}`).render(scope).text;
    },
    *names() {
      for (const name of vars.keys()) yield String(name);
    },
  });
  const varFunction = names.requireVars === false ? lenient(strict, vars) : strict;
  return (text, file) => nativeRender(compileTemplate(text, file), scope);
}

/** `var` for commands that can do without: None for a var that has neither value nor default. */
function lenient(strict: VarFunction, vars: PyDict): PyFunction {
  return new PyFunction('var', (args, kwargs, runtime) => {
    const name = args[0] ?? kwargs?.get('var_name') ?? null;
    const hasDefault = args.length > 1 || kwargs?.has('default') === true;
    return hasDefault || vars.has(name) ? runtime.call(strict, args, kwargs) : null;
  });
}
