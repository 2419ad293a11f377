import { DiagnosticError, type Span } from '../core/index.ts';
import {
  type Kwargs,
  type PlainBody,
  PyDict,
  PyError,
  PyFloat,
  PyFunction,
  PyObject,
  type Runtime,
  repr,
  type Value,
} from '../jinja/index.ts';
import { badArgument } from './diagnostics.ts';

/** What one `ref(…)` names. */
export interface RefArguments {
  readonly package?: string;
  readonly name: string;
  readonly version?: string | number;
}

function version(value: Value | undefined): string | number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof PyFloat) return value.repr();
  throw new PyError('TypeError', `ref(): version must be a number or a string, got ${repr(value)}`);
}

/** Reads the arguments of `ref`: `(name)`, `(package, name)`, `v=` or `version=`. Throws DiagnosticError where they are not names. */
export function refArguments(args: readonly Value[], kwargs: Kwargs, at: () => Span): RefArguments {
  const parts = [...args];
  let name = kwargs?.get('model_name');
  let pkg = kwargs?.get('package') ?? kwargs?.get('package_name');
  if (parts.length === 2) [pkg, name] = parts;
  else if (parts.length === 1) name = parts[0];
  if (typeof name !== 'string' || (pkg !== undefined && pkg !== null && typeof pkg !== 'string') || parts.length > 2) {
    const got = `(${args.map((arg) => repr(arg)).join(', ')})`;
    throw new DiagnosticError(
      badArgument({ what: 'ref', got, want: 'the name of a model, or a package and a name' }, { at: at() }),
    );
  }
  return { package: pkg ?? undefined, name, version: version(kwargs?.get('version') ?? kwargs?.get('v')) };
}

/** What one `source(…)` names. */
export interface SourceArguments {
  readonly source: string;
  readonly table: string;
}

/** Reads the arguments of `source`: `(source, table)`. Throws DiagnosticError where they are not two names. */
export function sourceArguments(args: readonly Value[], kwargs: Kwargs, at: () => Span): SourceArguments {
  const source = args[0] ?? kwargs?.get('source_name');
  const table = args[1] ?? kwargs?.get('table_name');
  if (typeof source !== 'string' || typeof table !== 'string' || args.length > 2) {
    const got = `(${args.map((arg) => repr(arg)).join(', ')})`;
    throw new DiagnosticError(
      badArgument({ what: 'source', got, want: 'the name of a source and of one of its tables' }, { at: at() }),
    );
  }
  return { source, table };
}

/** What hangs on `ref` and `source` beside the call. */
export interface Resolver {
  readonly model: () => Value;
  /** The project, and the command. */
  readonly config: Value;
}

class ResolverFunction extends PyFunction {
  readonly #resolver: Resolver;
  constructor(name: string, body: PlainBody, resolver: Resolver) {
    super(name, body);
    this.#resolver = resolver;
  }
  override getAttr(name: string): Value | undefined {
    const { model, config } = this.#resolver;
    if (name === 'config') return config;
    if (name === 'model') return model();
    return name === 'current_project' && config instanceof PyObject ? config.getAttr('project_name') : undefined;
  }
}

/** `ref`: hands what is named to `resolve`, which records it while parsing and answers the relation at run. */
export function refFunction(
  resolver: Resolver,
  resolve: (wanted: RefArguments, runtime: Runtime) => Value,
): PyFunction {
  const body: PlainBody = (args, kwargs, runtime) =>
    resolve(
      refArguments(args, kwargs, () => runtime.here()),
      runtime,
    );
  return new ResolverFunction('ref', body, resolver);
}

/** `source`, likewise. */
export function sourceFunction(
  resolver: Resolver,
  resolve: (wanted: SourceArguments, runtime: Runtime) => Value,
): PyFunction {
  const body: PlainBody = (args, kwargs, runtime) =>
    resolve(
      sourceArguments(args, kwargs, () => runtime.here()),
      runtime,
    );
  return new ResolverFunction('source', body, resolver);
}

/** `metric` and `function`, whose arguments are names; `resolve` gets them in order. */
export function namesFunction(
  name: string,
  resolve: (names: readonly string[], runtime: Runtime) => Value,
): PyFunction {
  return new PyFunction(name, (args, _kwargs, runtime) => {
    if (!args.length || args.some((arg) => typeof arg !== 'string')) {
      const got = `(${args.map((arg) => repr(arg)).join(', ')})`;
      throw new DiagnosticError(badArgument({ what: name, got, want: 'names' }, { at: runtime.here() }));
    }
    return resolve(args as string[], runtime);
  });
}

/** The `builtins` dict: dbt's own `ref`, `source` and `config`, for projects that wrap them in macros of the same name. */
export function builtinsDict(functions: Readonly<Record<string, Value>>): PyDict {
  return new PyDict(Object.entries(functions));
}
