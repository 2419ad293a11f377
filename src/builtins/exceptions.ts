import { DiagnosticError } from '../core/index.ts';
import { type PyFunction, type Runtime, repr, str, type Value } from '../jinja/index.ts';
import { Attributes } from './attributes.ts';
import { raised } from './diagnostics.ts';
import type { OutputHost } from './output.ts';
import { type Bound, plainFunction } from './signature.ts';

/** How each member of `exceptions` reads its arguments, under which of dbt's categories it fails, and what it says. */
interface Raiser {
  readonly parameters: readonly string[];
  readonly category: string;
  readonly say: (bound: Bound) => string;
}

const text = (value: Value | undefined): string => (value === undefined || value === null ? '' : str(value));
const nameOf = (value: Value | undefined): string => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const name = value.getAttr('unique_id') ?? value.getItem('unique_id') ?? value.getItem('name');
    if (name !== undefined) return text(name);
  }
  return text(value);
};

const raisers: Readonly<Record<string, Raiser>> = {
  raise_compiler_error: { parameters: ['msg', 'node?'], category: 'Compilation', say: ([m]) => text(m) },
  raise_database_error: { parameters: ['msg', 'node?'], category: 'Database', say: ([m]) => text(m) },
  raise_dependency_error: { parameters: ['msg'], category: 'Dependency', say: ([m]) => text(m) },
  raise_not_implemented: { parameters: ['msg'], category: 'Runtime', say: ([m]) => `ERROR: ${text(m)}` },
  raise_fail_fast_error: { parameters: ['msg', 'node?'], category: 'FailFast', say: ([m]) => text(m) },
  raise_cache_inconsistent: { parameters: ['message'], category: 'Internal', say: ([m]) => text(m) },
  raise_dataclass_not_dict: {
    parameters: ['obj'],
    category: 'Compilation',
    say: ([o]) => `The object ${repr(o!)} is used as a dict, which it is not: read its attributes instead`,
  },
  missing_config: {
    parameters: ['model', 'name'],
    category: 'Compilation',
    say: ([model, name]) => `Model '${nameOf(model)}' does not define a required config parameter '${text(name)}'.`,
  },
  missing_materialization: {
    parameters: ['model', 'adapter_type'],
    category: 'Compilation',
    say: ([model, type]) => `No materialization for '${nameOf(model)}' was found for adapter ${text(type)}!`,
  },
  missing_relation: {
    parameters: ['relation', 'model?'],
    category: 'Compilation',
    say: ([relation]) => `Relation ${text(relation)} not found!`,
  },
  raise_ambiguous_alias: {
    parameters: ['node_1', 'node_2', 'duped_name?'],
    category: 'Compilation',
    say: ([a, b, name]) =>
      `Two resources would build the same relation ${text(name)}: ${nameOf(a)} and ${nameOf(b)}. Give one of them another alias or schema.`,
  },
  raise_ambiguous_catalog_match: {
    parameters: ['unique_id', 'match_1', 'match_2'],
    category: 'Compilation',
    say: ([id, a, b]) => `${text(id)} matches two relations of the catalog: ${text(a)} and ${text(b)}`,
  },
  raise_dep_not_found: {
    parameters: ['node', 'node_description', 'required_pkg'],
    category: 'Compilation',
    say: ([, what, pkg]) => `${text(what)} asks for package ${text(pkg)}, which is not installed`,
  },
  raise_duplicate_patch_name: {
    parameters: ['patch_1', 'existing_patch_path'],
    category: 'Compilation',
    say: ([patch, path]) => `${nameOf(patch)} is described twice, the other time in ${text(path)}`,
  },
  raise_duplicate_resource_name: {
    parameters: ['node_1', 'node_2'],
    category: 'Compilation',
    say: ([a, b]) => `Two resources have the same name: ${nameOf(a)} and ${nameOf(b)}`,
  },
  raise_invalid_property_yml_version: {
    parameters: ['path', 'issue'],
    category: 'Compilation',
    say: ([path, issue]) => `The file ${text(path)} has an invalid version: ${text(issue)}`,
  },
  relation_wrong_type: {
    parameters: ['relation', 'expected_type', 'model?'],
    category: 'Compilation',
    say: ([relation, type]) =>
      `Trying to create ${text(type)} ${text(relation)}, but it currently exists as another type. Either drop ${text(relation)} manually, or run with --full-refresh.`,
  },
  column_type_missing: {
    parameters: ['column_names'],
    category: 'Compilation',
    say: ([names]) =>
      `Contracted models require data_type to be defined for each column. Please ensure that the column name and data_type are defined within the YAML configuration for the ${repr(names!)} column(s).`,
  },
};

function raiser(name: string, { parameters, category, say }: Raiser): PyFunction {
  return plainFunction(name, parameters, (bound, runtime: Runtime): Value => {
    throw new DiagnosticError({ ...raised({ message: say(bound), category }, { at: runtime.here() }), category });
  });
}

/** Formats the table of a contract that does not hold: name, both types, and why they differ. */
export type ContractMismatch = (yamlColumns: Value, sqlColumns: Value) => string;

/**
 * The functions of `exceptions`, which dbt also puts into the context under their bare names.
 * @param mismatch makes the text of `raise_contract_error`
 */
export function exceptionFunctions(output: OutputHost, mismatch: ContractMismatch): ReadonlyMap<string, PyFunction> {
  const functions = new Map<string, PyFunction>();
  const warn = (message: string, runtime: Runtime): void => {
    if (output.warn(message) !== 'error') return;
    throw new DiagnosticError(raised({ message, category: 'Compilation' }, { at: runtime.here() }));
  };
  for (const [name, spec] of Object.entries(raisers)) functions.set(name, raiser(name, spec));
  functions.set(
    'raise_contract_error',
    plainFunction('raise_contract_error', ['yaml_columns', 'sql_columns'], ([yaml, sql], runtime) => {
      const message = mismatch(yaml!, sql!);
      throw new DiagnosticError(raised({ message, category: 'Compilation' }, { at: runtime.here() }));
    }),
  );
  functions.set(
    'warn',
    plainFunction('warn', ['msg', 'node?'], ([message], runtime) => {
      warn(text(message), runtime);
      return '';
    }),
  );
  functions.set(
    'warn_snapshot_timestamp_data_types',
    plainFunction(
      'warn_snapshot_timestamp_data_types',
      ['snapshot_time_data_type', 'updated_at_data_type'],
      ([a, b], runtime) => {
        warn(
          `Data type of snapshot table timestamp columns (${text(a)}) doesn't match derived column 'updated_at' (${text(b)}). Please update snapshot config 'updated_at'.`,
          runtime,
        );
        return null;
      },
    ),
  );
  return functions;
}

/** The `exceptions` namespace. */
export function exceptionsNamespace(functions: ReadonlyMap<string, PyFunction>): Attributes {
  return new Attributes('exceptions', Object.fromEntries([...functions].map(([name, fn]) => [name, () => fn])));
}
