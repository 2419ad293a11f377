import {
  apiObject,
  builtinsDict,
  constantFunction,
  envVar,
  namesFunction,
  ParseConfig,
  type RelationValue,
  RenderScope,
  type Resolver,
  refFunction,
  sourceFunction,
  VarFunction,
} from '../builtins/index.ts';
import { compileTemplate, fromPlain, type PyFunction, type Scope, type Value } from '../jinja/index.ts';
import type { Draft, Surroundings } from './draft.ts';
import type { Recording } from './recording.ts';

/** What a template is about while it is parsed. */
export interface Subject {
  readonly package: string;
  /** For messages: the unique id, or the path of the file. */
  readonly name: string;
  /** The node as far as it is known; Jinja's `model`. */
  readonly node: Readonly<Record<string, unknown>>;
  readonly this: RelationValue | null;
  /** Arguments of a generic test, which its code passes on. */
  readonly testArguments?: Value;
}

/** `var` for one asker. */
export function varFunction(
  draft: Pick<Draft, 'input'>,
  pkg: string,
  asker: string,
  recording?: Recording,
  /** What a variable that is itself a template can see. */
  seen: Scope = templateNames(draft),
): PyFunction {
  return new VarFunction({
    asker,
    find: (name) => draft.input.findVar(pkg, name),
    names: () => draft.input.varNames(pkg),
    onRead: (name) => recording?.vars.add(name),
    render: (text) => compileTemplate(text, 'vars').render(seen).text,
  });
}

/** The names there are outside of any node. */
const templateNames = (draft: Pick<Draft, 'input'>): Scope => ({
  lookup: (name) => (name === 'env_var' ? envVarFunction(draft) : draft.input.base.get(name)),
});

/** `env_var`, recorded. */
export function envVarFunction(draft: Pick<Draft, 'input'>, recording?: Recording): PyFunction {
  return envVar({
    env: draft.input.env,
    onRead: (name, value) => recording?.envVars.set(name, value),
  });
}

/**
 * What a template sees while it is parsed: nothing is executed, and what it asks for is recorded.
 */
export function parseScope(draft: Surroundings, subject: Subject, recording: Recording): RenderScope {
  const { input } = draft;
  const { quoting } = draft.root.project;
  const resolver: Resolver = { model: () => fromPlain(subject.node), config: input.runtimeConfig };
  const ref = (): Value =>
    refFunction(resolver, (wanted, runtime) => {
      recording.refs.push({ wanted, at: runtime.here() });
      return subject.this ?? '';
    });
  const source = (): Value =>
    sourceFunction(resolver, (wanted, runtime) => {
      recording.sources.push({ wanted, at: runtime.here() });
      return subject.this ?? '';
    });
  const names = (name: 'metric' | 'function', into: Recording['metrics']): PyFunction =>
    namesFunction(name, (wanted, runtime) => {
      into.push({ wanted, at: runtime.here() });
      return subject.this ?? '';
    });
  const config = (): Value => new ParseConfig((settings) => recording.addConfig(settings));
  const scope: RenderScope = new RenderScope(draft.macros, subject.package, input.base, {
    ref,
    source,
    config,
    metric: () => names('metric', recording.metrics),
    function: () => names('function', recording.functions),
    builtins: () => builtinsDict({ ref: ref(), source: source(), config: config() }),
    var: () => varFunction(draft, subject.package, subject.name, recording, scope),
    env_var: () => envVarFunction(draft, recording),
    execute: () => false,
    _dbt_generic_test_kwargs: () => subject.testArguments ?? null,
    this: () => subject.this,
    model: () => fromPlain(subject.node),
    schema: () => (subject.node.schema as string | undefined) ?? input.credentials.schema,
    database: () => (subject.node.database as string | undefined) ?? input.credentials.database,
    adapter: () => draft.adapterFor(scope.macros),
    api: () => apiObject(input.adapter.dialect, quoting),
    column: () => apiObject(input.adapter.dialect, quoting).get('Column') ?? null,
    graph: () =>
      fromPlain({
        nodes: {},
        sources: {},
        exposures: {},
        metrics: {},
        groups: {},
        semantic_models: {},
        saved_queries: {},
        functions: {},
      }),
    pre_hooks: () => [],
    post_hooks: () => [],
    sql: () => null,
    compiled_code: () => null,
    selected_resources: () => [],
    load_result: () => constantFunction('load_result', () => null),
    store_result: () => constantFunction('store_result', () => ''),
    store_raw_result: () => constantFunction('store_raw_result', () => ''),
    load_agate_table: () => constantFunction('load_agate_table', () => null),
    write: () => constantFunction('write', () => ''),
    render: () => constantFunction('render', () => ''),
    doc: () => constantFunction('doc', () => ''),
    submit_python_job: () => constantFunction('submit_python_job', () => null),
  });
  return scope;
}
