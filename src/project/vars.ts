import { DiagnosticError } from '../core/index.ts';
import { PyDict, type Value } from '../jinja/index.ts';
import { invalidVars } from './diagnostics.ts';
import { kindOf } from './kind-of.ts';
import { loadYaml } from './yaml/index.ts';

/** Reads `--vars` (or another option that takes a YAML mapping). Throws a DiagnosticError. */
export function parseVars(text: string, option = 'vars'): PyDict {
  const loaded = loadYaml(text, `--${option}`);
  if (loaded.problem) throw new DiagnosticError(loaded.problem);
  if (loaded.value instanceof PyDict) return loaded.value;
  throw new DiagnosticError(invalidVars({ option, found: kindOf(loaded.value) }));
}

/** Vars as one package sees them. */
export interface PackageVars {
  find(name: string): Value | undefined;
  names(): Iterable<string>;
}

/** Where the vars of a package come from. */
export interface VarSources {
  /** `--vars`. */
  readonly cli: PyDict;
  /** `vars:` of the root project (or its vars.yml). */
  readonly root: PyDict;
  /** `vars:` of the package itself; the root project's own where the package is the root project. */
  readonly own: PyDict;
}

/**
 * The vars of one package. The command line wins; then what the root project says for this package, what it says for all,
 * and last what the package says itself, for itself and for all.
 */
export function varsFor(packageName: string, { cli, root, own }: VarSources): PackageVars {
  const scoped = (vars: PyDict): PyDict | undefined => {
    const scope = vars.get(packageName);
    return scope instanceof PyDict ? scope : undefined;
  };
  const layers = [cli, scoped(root), root, ...(own === root ? [] : [scoped(own), own])].filter(
    (layer) => layer !== undefined,
  );
  return {
    find(name) {
      for (const layer of layers) if (layer.has(name)) return layer.get(name);
      return undefined;
    },
    *names() {
      for (const layer of layers) for (const name of layer.keys()) yield String(name);
    },
  };
}
