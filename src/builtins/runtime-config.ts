import { fromPlain, PyDict, PyObject, type Value } from '../jinja/index.ts';
import { Attributes } from './attributes.ts';
import { plainFunction } from './signature.ts';

/** What templates are told of one project. */
export interface ProjectFacts {
  readonly name: string;
  readonly vars: PyDict;
  /** Further attributes, under dbt's names. */
  readonly more: Readonly<Record<string, unknown>>;
}

/** What templates are told of a command and the projects that it stands on. */
export interface RuntimeFacts {
  /** All that there are, the root project first. */
  readonly projects: readonly ProjectFacts[];
  /** The same for all of them: profile, target, threads. */
  readonly profile: Readonly<Record<string, unknown>>;
  /** `--vars`. */
  readonly cliVars: Value;
  /** Options of the command, by their names in snake_case. */
  readonly args: Readonly<Record<string, unknown>>;
}

/** Options of the command; dbt has each in lower and in upper case. */
class Arguments extends PyObject {
  readonly typeName = 'Flags';
  readonly #args: PyDict;
  constructor(args: Readonly<Record<string, unknown>>) {
    super();
    this.#args = fromPlain(args) as PyDict;
  }
  override getAttr(name: string): Value | undefined {
    return this.#args.get(name.toLowerCase());
  }
}

/** `builtins.ref.config`: dbt's own view of the project and the command, which some packages read through the functions. */
export function runtimeConfig({ projects, profile, cliVars, args }: RuntimeFacts): Value {
  const [root] = projects;
  const shared: Record<string, () => Value> = {
    cli_vars: () => cliVars,
    args: () => new Arguments(args),
    dependencies: () => new PyDict(projects.map((project) => [project.name, configOf(project)])),
    ...attributes(profile),
  };
  const configOf = ({ name, vars, more }: ProjectFacts): Attributes =>
    new Attributes('RuntimeConfig', {
      ...shared,
      project_name: () => name,
      vars: () =>
        new Attributes('VarProvider', {
          vars: () => vars,
          to_dict: () => plainFunction('to_dict', [], () => new PyDict(vars.entries())),
        }),
      ...attributes(more),
    });
  return configOf(root!);
}

const attributes = (facts: Readonly<Record<string, unknown>>): Record<string, () => Value> =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, () => fromPlain(value)]));
