import { DiagnosticError } from '../core/index.ts';
import { fromPlain, makeModules, PyDict, PyFunction, returnFunction, str, type Value } from '../jinja/index.ts';
import { diffOfTwoDicts, setFunction, setStrict, zipFunction, zipStrict } from './collections.ts';
import { adapterMacroGone } from './diagnostics.ts';
import { type ContractMismatch, exceptionFunctions, exceptionsNamespace } from './exceptions.ts';
import { logFunction, type OutputHost, printFunction } from './output.ts';
import { fromjson, fromyaml, localMd5, tojson, toyaml, type YamlHost } from './serialization.ts';
import { constantFunction } from './signature.ts';

/** What the names that are the same in every template of an invocation are made of. */
export interface BaseHost {
  readonly dbtVersion: string;
  readonly invocationId: string;
  /** `run_started_at`, as a datetime with time zone. */
  readonly startedAt: Value;
  readonly projectName: string;
  /** Flags under their Jinja names, such as FULL_REFRESH. */
  readonly flags: Value;
  readonly invocationArgs: Readonly<Record<string, unknown>>;
  /** The output of the profile as `target` shows it. */
  readonly target: Readonly<Record<string, unknown>>;
  /** Variables `DBT_ENV_CUSTOM_ENV_*`, without the prefix. */
  readonly metadataEnv: Readonly<Record<string, string>>;
  readonly output: OutputHost;
  readonly yaml: YamlHost;
  readonly contractMismatch: ContractMismatch;
}

/** `validation.any[…]`: accepts a value that is one of the types or values listed; any other is an error. */
function validation(): PyDict {
  const accept = constantFunction('validate_any', () => null);
  return new PyDict([['any', new PyDict([['str', accept]])]]);
}

/**
 * The names that are the same in every template: dbt's base and target context. What belongs to a node (`this`,
 * `model`, `config`, `ref` …) and what may wait (`adapter`) is added per render.
 */
export function baseNames(host: BaseHost): ReadonlyMap<string, Value> {
  const exceptions = exceptionFunctions(host.output, host.contractMismatch);
  const names = new Map<string, Value>(exceptions);
  const add = (name: string, value: Value): void => void names.set(name, value);
  add('dbt_version', host.dbtVersion);
  add('invocation_id', host.invocationId);
  add('run_started_at', host.startedAt);
  add('project_name', host.projectName);
  add('thread_id', 'MainThread');
  add('flags', host.flags);
  add('invocation_args_dict', fromPlain(host.invocationArgs));
  add('dbt_metadata_envs', fromPlain(host.metadataEnv));
  add('target', fromPlain(host.target));
  add('env', fromPlain(host.target));
  add('modules', makeModules());
  add('exceptions', exceptionsNamespace(exceptions));
  add('return', returnFunction);
  add(
    'debug',
    constantFunction('debug', () => ''),
  );
  add('fromjson', fromjson);
  add('tojson', tojson);
  add('fromyaml', fromyaml(host.yaml));
  add('toyaml', toyaml(host.yaml));
  add('local_md5', localMd5);
  add('set', setFunction);
  add('set_strict', setStrict);
  add('zip', zipFunction);
  add('zip_strict', zipStrict);
  add('diff_of_two_dicts', diffOfTwoDicts);
  add('log', logFunction(host.output));
  add('print', printFunction(host.output));
  add('validation', validation());
  add('sql_now', '');
  add('adapter_macro', adapterMacro);
  add('try_or_compiler_error', tryOrCompilerError);
  return names;
}

/** `adapter_macro(name, …)`: what there was before `adapter.dispatch`. */
const adapterMacro = new PyFunction('adapter_macro', ([name], _kwargs, runtime) => {
  throw new DiagnosticError(adapterMacroGone({ name: str(name ?? null) }, { at: runtime.here() }));
});

/** `try_or_compiler_error(message, func, *args)`: the function's own error already says where and why. */
const tryOrCompilerError = new PyFunction(
  'try_or_compiler_error',
  (args, kwargs, runtime) => runtime.call(args[1]!, args.slice(2), kwargs),
  (args, kwargs, runtime) => runtime.callWaiting(args[1]!, args.slice(2), kwargs),
);
