import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { type CompiledFields, type FunctionNode, type ManifestNode, writing } from '../artifacts/index.ts';
import {
  type AdapterHost,
  apiObject,
  builtinsDict,
  constantFunction,
  emptyTable,
  envVar,
  type LazyNames,
  namesFunction,
  plainFunction,
  type Resolver as RefResolver,
  type RelationOptions,
  RelationValue,
  RenderScope,
  RunConfig,
  refFunction,
  StatementResults,
  sourceFunction,
  TableValue,
  VarFunction,
  waitingFunction,
} from '../builtins/index.ts';
import { DiagnosticError } from '../core/index.ts';
import { compileTemplate, fromPlain, PyFunction, type Runtime, str, type Value } from '../jinja/index.ts';
import { missingFunction, missingSource } from '../parse/index.ts';
import type { Exists } from '../state/index.ts';
import { unknownDependency } from './diagnostics.ts';
import { type Batch, batchContext, type FilteredInput, inputOptions } from './input-filter.ts';
import type { Workbench } from './workbench.ts';

/** Any node that can be rendered at run. */
export type RenderedNode = Pick<
  ManifestNode | FunctionNode,
  'unique_id' | 'package_name' | 'name' | 'resource_type' | 'alias' | 'schema' | 'database' | 'original_file_path'
> & {
  readonly config: Readonly<Record<string, unknown>>;
  readonly depends_on?: { readonly macros: readonly string[]; readonly nodes?: readonly string[] };
};

/** How one render differs from the node's usual one. */
export interface ScopeOptions {
  /** Further names, over dbt's own. */
  readonly names?: Readonly<Record<string, () => Value>>;
  /** `ref` and `source` are answered by this before anything else: unit tests put fixtures in their place. */
  readonly replaced?: (uniqueId: string) => RelationValue | undefined;
  /** Variables that hide the project's. */
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly envVars?: Readonly<Record<string, unknown>>;
  /** What macros answer instead, by `name` or `package.name`; names that are no functions, such as `invocation_id`, have the value. */
  readonly macros?: ReadonlyMap<string, Value>;
  /** Nodes may refer to what they did not declare: hooks and operations, which are not part of the graph. */
  readonly free?: boolean;
  /** Told of each ephemeral model that is referred to. */
  readonly onEphemeral?: (uniqueId: string) => void;
  /** The batch of a microbatch model that is built. */
  readonly batch?: Batch;
}

/** The rows of a table as lists, for `load_result(…)['data']`. */
const rowsOf = (table: Value): Value => (table instanceof TableValue ? table.rows.map((row) => [...row]) : []);

/** The scope of a node at run, with the results its statements leave behind. */
export interface NodeScope {
  readonly scope: RenderScope;
  readonly results: StatementResults;
}

/** Without what is null: not said. */
const present = (quoting: object): Record<string, boolean> =>
  Object.fromEntries(Object.entries(quoting).filter(([, value]) => typeof value === 'boolean')) as Record<
    string,
    boolean
  >;

const EPHEMERAL_PREFIX = '__dbt__cte__';

/** The name under which an ephemeral model's SQL is put in front of the SQL that refers to it. */
export const ephemeralName = (identifier: string): string => EPHEMERAL_PREFIX + identifier;

/** The relation of a node, quoted as its config and the project say. */
export function relationOf(
  bench: Workbench,
  node: Pick<ManifestNode, 'database' | 'schema' | 'alias'> & { config?: Readonly<Record<string, unknown>> },
  options: RelationOptions = {},
): RelationValue {
  const quoting = { ...bench.quoting, ...present((node.config?.quoting as object | undefined) ?? {}) };
  return new RelationValue(
    bench.adapter.dialect,
    { database: node.database, schema: node.schema, identifier: node.alias },
    quoting,
    options,
  );
}

/** What a template sees when it is rendered for real. */
export function nodeScope(
  bench: Workbench,
  node: RenderedNode,
  host: AdapterHost,
  options: ScopeOptions = {},
): NodeScope {
  const { manifest, resolver, adapter } = bench;
  const results = new StatementResults(emptyTable, rowsOf);
  const allowed = options.free ? undefined : new Set(node.depends_on?.nodes ?? []);

  const refuse = (call: string, runtime: Runtime): never => {
    throw new DiagnosticError(unknownDependency({ node: node.unique_id, call }, { at: runtime.here() }));
  };

  const filtered = (input: FilteredInput) =>
    inputOptions(bench.inputs, node.resource_type, input, adapter.dialect.quoteCharacter, options.batch);

  const exists: Exists = ({ database, schema, alias }) =>
    bench.relations.find(database ?? bench.credentials.database, schema, alias) !== undefined;

  const relation = (id: string): RelationValue => {
    const replaced = options.replaced?.(id);
    if (replaced) return replaced;
    const found = manifest.nodes[id]!;
    if (found.config.materialized === 'ephemeral') {
      options.onEphemeral?.(id);
      return RelationValue.ephemeral(adapter.dialect, found.alias, filtered(found));
    }
    const instead = bench.deferral?.instead(id, exists);
    return relationOf(bench, instead ? { ...instead, config: {} } : (found as never), filtered(found));
  };

  const asker: RefResolver = {
    model: () => fromPlain(modelOf(bench, node, options.batch)),
    config: bench.runtimeConfig,
  };
  /** A function is its name: what is put around a table to see less of it does not fit. */
  const functionRelation = (id: string): RelationValue => {
    const found = manifest.functions[id]!;
    const instead = bench.selected.includes(id) ? undefined : bench.deferral?.instead(id, exists);
    return relationOf(bench, instead ? { ...instead, config: {} } : (found as never)).withType('function');
  };

  const ref = (): PyFunction =>
    refFunction(asker, (wanted, runtime) => {
      const id = resolver.ref(
        { name: wanted.name, package: wanted.package ?? null, version: wanted.version ?? null },
        node.package_name,
      );
      const call =
        wanted.package === undefined ? `ref('${wanted.name}')` : `ref('${wanted.package}', '${wanted.name}')`;
      if (id === undefined || (allowed && !allowed.has(id) && id !== node.unique_id)) return refuse(call, runtime);
      return relation(id);
    });

  const source = (): PyFunction =>
    sourceFunction(asker, (wanted, runtime) => {
      const id = resolver.source(wanted.source, wanted.table, node.package_name);
      // A source need not be known while parsing: nothing has to be run before it can be read.
      if (id === undefined) {
        const label = `${node.resource_type} '${node.unique_id}'`;
        const asked = { node: label, path: node.original_file_path, source: wanted.source, table: wanted.table };
        throw new DiagnosticError(missingSource({ ...asked, disabled: false }, { at: runtime.here() }));
      }
      const replaced = options.replaced?.(id);
      if (replaced) return replaced;
      const found = manifest.sources[id]!;
      const quoting = { ...bench.quoting, ...present(found.quoting as object) };
      return new RelationValue(adapter.dialect, found, quoting, {
        external: adapter.externalLocation?.({ ...found, sourceName: found.source_name } as never) ?? null,
        ...filtered(found),
      });
    });

  const findVar = (name: string): Value | undefined => {
    if (options.vars && Object.hasOwn(options.vars, name)) return fromPlain(options.vars[name]);
    return bench.findVar(node.package_name, name);
  };

  const env = options.envVars
    ? { ...bench.invocation.env, ...(options.envVars as Record<string, string>) }
    : bench.invocation.env;

  const names: LazyNames = {
    ref,
    source,
    config: () => new RunConfig({ node: node.unique_id, config: node.config }),
    builtins: () => builtinsDict({ ref: ref(), source: source(), config: scope.builtin('config')! }),
    metric: () => namesFunction('metric', () => ''),
    function: () =>
      namesFunction('function', (wanted, runtime) => {
        const id = resolver.function(wanted, node.package_name);
        if (id === undefined) {
          const label = `${node.resource_type} '${node.unique_id}'`;
          const [name, pkg] = wanted.toReversed();
          const asked = { node: label, path: node.original_file_path, name: name!, package: pkg, disabled: false };
          throw new DiagnosticError(missingFunction(asked, { at: runtime.here() }));
        }
        return functionRelation(id);
      }),
    var: () =>
      new VarFunction({
        asker: node.unique_id,
        find: findVar,
        names: () => bench.varNames(node.package_name),
        render: (text) => compileTemplate(text, 'vars').render(scope).text,
      }),
    env_var: () => envVar({ env }),
    execute: () => true,
    this: () => options.replaced?.(node.unique_id) ?? relationOf(bench, node as never),
    defer_relation: () => {
      const deferred = bench.deferral?.stateRelation(node.unique_id);
      return deferred ? relationOf(bench, { ...deferred, config: {} }) : null;
    },
    model: () => fromPlain(modelOf(bench, node, options.batch)),
    database: () => node.database ?? bench.credentials.database,
    schema: () => node.schema,
    adapter: () => bench.adapterOf(host, scope.macros),
    api: () => apiObject(adapter.dialect, bench.quoting),
    column: () => apiObject(adapter.dialect, bench.quoting).get('Column') ?? null,
    graph: bench.graph,
    selected_resources: () => [...bench.selected],
    load_result: () => results.loadResult(),
    store_result: () => results.storeResult(),
    store_raw_result: () => results.storeRawResult(),
    pre_hooks: () => fromPlain(node.config['pre-hook'] ?? []),
    post_hooks: () => fromPlain(node.config['post-hook'] ?? []),
    sql: () => (node as Partial<CompiledFields>).compiled_code ?? null,
    compiled_code: () => (node as Partial<CompiledFields>).compiled_code ?? null,
    render: () => renderFunction(bench, scope, node),
    write: () => writeFunction(bench, node, options.batch),
    thread_id: () => host.thread,
    ...options.names,
  };
  const { signal } = bench.invocation;
  const scope: RenderScope = new RenderScope(bench.macros, node.package_name, bench.base, names, signal);
  for (const [name, value] of options.macros ?? []) {
    const known = scope.lookup(name);
    const isCalled = known === undefined || known instanceof PyFunction;
    scope.macros.override(name, isCalled ? constantFunction(name, () => value) : value);
  }
  return { scope, results };
}

/** Jinja's `model`: the node, with what only this run knows of it. */
function modelOf(bench: Workbench, node: RenderedNode, batch: Batch | undefined): object {
  const deferred = bench.deferral?.stateRelation(node.unique_id);
  if (!batch && !deferred) return node;
  return {
    ...node,
    ...(batch ? { batch: batchContext(batch) } : {}),
    ...(deferred ? { defer_relation: deferred } : {}),
  };
}

/** `render(string)`: renders text that was kept as it was written, such as hooks. */
function renderFunction(bench: Workbench, scope: RenderScope, node: RenderedNode): PyFunction {
  return waitingFunction('render', ['string'], function* ([text]) {
    const template = compileTemplate(str(text!), node.original_file_path, { cache: bench.cache });
    return (yield* template.renderWaiting(scope)).text;
  });
}

/** `write(payload)`: keeps what was run for a node under `target/run`. */
function writeFunction(bench: Workbench, node: RenderedNode, batch: Batch | undefined): PyFunction {
  return plainFunction('write', ['payload'], ([payload]) => {
    writeTarget(bench, 'run', node, str(payload!), batch);
    return '';
  });
}

/** Path of a node's file under `target/compiled` and `target/run`. A file of snapshots holds any number of them. */
export function targetPath(node: {
  readonly package_name: string;
  readonly original_file_path: string;
  readonly resource_type: string;
  readonly path?: string;
  readonly name: string;
}): string {
  const isOwnFile = node.resource_type !== 'snapshot' && /\.(sql|csv|py)$/.test(node.original_file_path);
  if (isOwnFile) return join(node.package_name, node.original_file_path);
  const { name, path = `${name}.sql`, resource_type: type } = node;
  // As with dbt, the folders of a unit test's file come twice.
  const last = type === 'unit_test' ? path : path.split('/').at(-1)!;
  const file = type === 'snapshot' ? `${name}.sql` : last;
  return join(node.package_name, node.original_file_path, file);
}

/** Each batch of a model has a file of its own: `models/mb/mb_2024-01-31.sql` for `models/mb.sql`. */
function batchPath(path: string, batch: Batch): string {
  const { dir, name, ext } = parse(path);
  return join(dir, name, `${name}_${batch.name}${ext}`);
}

/** Writes a node's SQL under `target/<folder>`; returns the path relative to the target folder's parent. */
export function writeTarget(
  bench: Workbench,
  folder: 'compiled' | 'run',
  node: Parameters<typeof targetPath>[0],
  text: string,
  batch?: Batch,
): string {
  const path = targetPath(node);
  const relative = join(folder, batch ? batchPath(path, batch) : path);
  const file = join(bench.targetFolder, relative);
  try {
    overwrite(file, text);
  } catch {
    writing(file, () => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    });
  }
  return relative;
}

/** Writes over a file that is there. To empty it first, as a plain write does, costs some file systems a trip to the disk. */
function overwrite(file: string, text: string): void {
  const opened = openSync(file, 'r+');
  try {
    ftruncateSync(opened, writeSync(opened, text));
  } finally {
    closeSync(opened);
  }
}
