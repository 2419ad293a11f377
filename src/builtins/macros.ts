import { DiagnosticError, nearest } from '../core/index.ts';
import { type MacroDefinition, PyDict, type PyFunction, PyObject, type Scope, type Value } from '../jinja/index.ts';
import { badArgument, unknownMacro } from './diagnostics.ts';
import { getFunction, plainFunction } from './signature.ts';

/** A macro as the registry keeps it. */
export interface Macro {
  readonly uniqueId: string;
  readonly package: string;
  readonly name: string;
  readonly definition: MacroDefinition;
}

/** All macros of an invocation, by package and name, with the order in which names are searched. */
export interface MacroIndex {
  /** The root project. */
  readonly root: string;
  /** The adapter's package and `dbt`, in the order they are searched. */
  readonly internal: readonly string[];
  /** `dispatch:` of dbt_project.yml: namespace → packages to search. */
  readonly dispatch: ReadonlyMap<string, readonly string[]>;
  /** Prefixes of `adapter.dispatch`: adapter type, its parents, `default`. */
  readonly prefixes: readonly string[];
  readonly packages: ReadonlyMap<string, ReadonlyMap<string, Macro>>;
}

/** Looks up a macro of dbt's own packages under the one name `dbt`, the adapter's first. */
function internalMacro(index: MacroIndex, name: string): Macro | undefined {
  for (const pkg of index.internal) {
    const found = index.packages.get(pkg)?.get(name);
    if (found) return found;
  }
  return undefined;
}

/** The macro that a bare name means in a template of `pkg`: own package, root project, then dbt's. */
export function findMacro(index: MacroIndex, pkg: string, name: string): Macro | undefined {
  return index.packages.get(pkg)?.get(name) ?? index.packages.get(index.root)?.get(name) ?? internalMacro(index, name);
}

/** The macro `pkg.name`, where `dbt` stands for all of dbt's own packages. */
export function findPackageMacro(index: MacroIndex, pkg: string, name: string): Macro | undefined {
  return pkg === 'dbt' || index.internal.includes(pkg)
    ? internalMacro(index, name)
    : index.packages.get(pkg)?.get(name);
}

/** Every name that could be meant, for "did you mean". */
export function macroNames(index: MacroIndex): string[] {
  return [...index.packages.values()].flatMap((macros) => [...macros.keys()]);
}

/** A package as a template sees it: `dbt_utils.star(…)`. */
class PackageNamespace extends PyObject {
  readonly typeName = 'MacroNamespace';
  readonly #name: string;
  readonly #find: (name: string) => Value | undefined;
  constructor(name: string, find: (name: string) => Value | undefined) {
    super();
    this.#name = name;
    this.#find = find;
  }
  override memberPath(name: string): string {
    return `${this.#name}.${name}`;
  }
  override getAttr(name: string): Value | undefined {
    // To dbt a package is a dictionary, and packages ask it so: `context.get(project_name, {}).get('a_macro')`.
    if (name === 'get') {
      return getFunction((key) => this.getItem(key));
    }
    return this.#find(name);
  }
  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.#find(key) : undefined;
  }
  override truthy(): boolean {
    return true;
  }
}

/** Macros bound to the scope of one render, made when first called for. */
export class MacroScope {
  readonly #index: MacroIndex;
  readonly #package: string;
  readonly #scope: Scope;
  readonly #bound = new Map<Macro, PyFunction>();
  readonly #namespaces = new Map<string, PackageNamespace>();
  /** Values that stand in for macros, by `name` or `package.name`: what a unit test overrides. */
  readonly #overrides = new Map<string, Value>();
  /** What bare names mean, null for nothing: a run asks for the same few names again and again. */
  readonly #found = new Map<string, Value>();

  constructor(index: MacroIndex, pkg: string, scope: Scope) {
    this.#index = index;
    this.#package = pkg;
    this.#scope = scope;
  }

  /** The callable of a macro in this scope. */
  bind(macro: Macro): PyFunction {
    let bound = this.#bound.get(macro);
    if (!bound) {
      bound = macro.definition.bind(this.#scope, macro.uniqueId);
      this.#bound.set(macro, bound);
    }
    return bound;
  }

  /** Puts a value in the place of a macro. */
  override(name: string, value: Value): void {
    this.#overrides.set(name, value);
    this.#found.clear();
  }

  /** The macro that dbt itself calls by name: the root project's, or dbt's own. */
  rootMacro(name: string): PyFunction {
    const macro = findMacro(this.#index, this.#index.root, name);
    if (!macro) throw new DiagnosticError(unknownMacro({ name, attempts: [] }));
    return this.bind(macro);
  }

  /** What a bare name means: a macro, or a package. */
  lookup(name: string): Value | undefined {
    let found = this.#found.get(name);
    if (found === undefined) {
      found = this.#find(name) ?? null;
      this.#found.set(name, found);
    }
    return found ?? undefined;
  }

  #find(name: string): Value | undefined {
    const override = this.#overrides.get(name);
    if (override !== undefined) return override;
    const macro = findMacro(this.#index, this.#package, name);
    if (macro) return this.bind(macro);
    if (name !== 'dbt' && !this.#index.packages.has(name)) return undefined;
    let namespace = this.#namespaces.get(name);
    if (!namespace) {
      namespace = new PackageNamespace(name, (member) => {
        const override = this.#overrides.get(`${name}.${member}`);
        if (override !== undefined) return override;
        const found = findPackageMacro(this.#index, name, member);
        return found && this.bind(found);
      });
      this.#namespaces.set(name, namespace);
    }
    return namespace;
  }

  /** The packages that `adapter.dispatch` searches for a namespace; undefined stands for a bare look-up. */
  #searched(namespace: string | undefined): readonly (string | undefined)[] {
    if (namespace === undefined) return [undefined];
    const configured = this.#index.dispatch.get(namespace);
    if (configured?.length) return configured;
    return this.#index.packages.has(namespace) ? [this.#index.root, namespace] : [undefined];
  }

  /** The macro that `adapter.dispatch(name, namespace)` picks, or the names it tried. */
  dispatched(name: string, namespace: string | undefined): Macro | readonly string[] {
    const attempts: string[] = [];
    for (const pkg of this.#searched(namespace)) {
      for (const prefix of this.#index.prefixes) {
        const wanted = `${prefix}__${name}`;
        const found =
          pkg === undefined
            ? findMacro(this.#index, this.#package, wanted)
            : findPackageMacro(this.#index, pkg, wanted);
        if (found) return found;
        attempts.push(pkg === undefined ? `'${wanted}'` : `'${pkg}.${wanted}'`);
      }
    }
    return attempts;
  }

  /** `adapter.dispatch(macro_name, macro_namespace)`. */
  dispatch(): PyFunction {
    return plainFunction('dispatch', ['macro_name', 'macro_namespace?', 'packages?'], ([name, namespace], runtime) => {
      const wanted = String(name);
      if (wanted.includes('.')) {
        const [pkg, ...rest] = wanted.split('.');
        throw new DiagnosticError(
          badArgument(
            {
              what: 'adapter.dispatch',
              got: `'${wanted}'`,
              want: `a name and a namespace: adapter.dispatch('${rest.join('.')}', '${pkg}')`,
            },
            { at: runtime.here() },
          ),
        );
      }
      const found = this.dispatched(wanted, typeof namespace === 'string' ? namespace : undefined);
      if ('definition' in found) return this.bind(found);
      const near = nearest(
        `default__${wanted}`,
        macroNames(this.#index).filter((n) => n.includes('__')),
      );
      throw new DiagnosticError(unknownMacro({ name: wanted, attempts: found, near }, { at: runtime.here() }));
    });
  }
}

/** `context`: the names of a render as a dict-like, for macros that look names up by text. */
export class ContextNames extends PyObject {
  readonly typeName = 'dict';
  readonly #scope: Scope;
  readonly #added = new PyDict();
  constructor(scope: Scope) {
    super();
    this.#scope = scope;
  }
  override getItem(key: Value): Value | undefined {
    return this.#added.get(key) ?? (typeof key === 'string' ? this.#scope.lookup(key) : undefined);
  }
  override contains(item: Value): boolean {
    return this.getItem(item) !== undefined;
  }
  override truthy(): boolean {
    return true;
  }
  override getAttr(name: string): Value | undefined {
    if (name === 'get') {
      return getFunction((key) => this.getItem(key));
    }
    if (name === 'update') {
      return plainFunction('update', ['other'], ([other]) => {
        if (other instanceof PyDict) for (const [key, value] of other.entries()) this.#added.set(key, value);
        return null;
      });
    }
    return this.getItem(name);
  }
  /** A name that a template added with `context.update`. */
  added(name: string): Value | undefined {
    return this.#added.get(name);
  }
}
