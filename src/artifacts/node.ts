import {
  defaultConfig,
  type FunctionConfig,
  type ModelConfig,
  type NodeConfig,
  type SeedConfig,
  type SnapshotConfig,
  type TestConfig,
} from './config.ts';
import {
  type Access,
  type ColumnInfo,
  type Contract,
  type DependsOn,
  type Docs,
  type FileHash,
  type Given,
  type InjectedCte,
  type MacroDependsOn,
  type ModelConstraint,
  type NodeVersion,
  noFileHash,
  type RefArgs,
} from './parts.ts';

/** What every node made from a file of its own has. */
export interface ParsedFields {
  readonly database: string | null;
  readonly schema: string;
  readonly name: string;
  readonly package_name: string;
  /** Relative to the folder of its kind (`models/…` without `models/`). */
  readonly path: string;
  /** Relative to the root of its package. */
  readonly original_file_path: string;
  readonly unique_id: string;
  readonly fqn: readonly string[];
  readonly alias: string;
  readonly checksum: FileHash;
  readonly tags: readonly string[];
  readonly description: string;
  readonly columns: Readonly<Record<string, ColumnInfo>>;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly group: string | null;
  readonly docs: Docs;
  /** `package://path` of the properties file. */
  readonly patch_path: string | null;
  readonly build_path: string | null;
  readonly unrendered_config: Readonly<Record<string, unknown>>;
  /** Seconds since 1970. */
  readonly created_at: number;
  readonly relation_name: string | null;
  readonly raw_code: string;
  readonly doc_blocks: readonly string[];
}

/** What every node that is compiled has besides. The optional fields are there once it has been compiled. */
export interface CompiledFields extends ParsedFields {
  readonly language: string;
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly string[])[];
  readonly metrics: readonly (readonly string[])[];
  readonly functions: readonly (readonly string[])[];
  readonly depends_on: DependsOn;
  readonly compiled_path: string | null;
  readonly compiled?: boolean;
  readonly compiled_code?: string | null;
  readonly extra_ctes_injected?: boolean;
  readonly extra_ctes?: readonly InjectedCte[];
  readonly contract: Contract;
}

/** A model that keeps a calendar for metrics. */
export interface TimeSpine {
  readonly standard_granularity_column: string;
  readonly custom_granularities: readonly { readonly name: string; readonly column_name: string | null }[];
}

export interface ModelNode extends CompiledFields {
  readonly resource_type: 'model';
  readonly config: ModelConfig;
  readonly access: Access;
  readonly constraints: readonly ModelConstraint[];
  readonly version: NodeVersion | null;
  readonly latest_version: NodeVersion | null;
  readonly deprecation_date: string | null;
  readonly primary_key: readonly string[];
  readonly time_spine: TimeSpine | null;
}

export interface SeedNode extends ParsedFields {
  readonly resource_type: 'seed';
  readonly config: SeedConfig;
  readonly root_path: string | null;
  readonly depends_on: MacroDependsOn;
}

export interface SnapshotNode extends CompiledFields {
  readonly resource_type: 'snapshot';
  readonly config: SnapshotConfig;
}

export interface AnalysisNode extends CompiledFields {
  readonly resource_type: 'analysis';
  readonly config: NodeConfig;
}

/** An `on-run-start` or `on-run-end` hook. */
export interface OperationNode extends CompiledFields {
  readonly resource_type: 'operation';
  readonly config: NodeConfig;
  readonly index: number | null;
}

/** SQL given on the command line (`--inline`). */
export interface SqlOperationNode extends CompiledFields {
  readonly resource_type: 'sql_operation';
  readonly config: NodeConfig;
}

/** Which generic test, with which arguments. */
export interface TestMetadata {
  readonly name: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly namespace: string | null;
}

/** A data test: one with `test_metadata` is generic, one without is singular. */
export interface TestNode extends CompiledFields {
  readonly resource_type: 'test';
  readonly config: TestConfig;
  readonly column_name?: string | null;
  /** `<yaml key>.<name>` of what it was written under, `models.customers`. */
  readonly file_key_name?: string | null;
  readonly attached_node?: string | null;
  readonly test_metadata?: TestMetadata;
}

/** An argument of a function. */
export interface FunctionArgument {
  readonly name: string;
  readonly data_type: string;
  readonly description: string | null;
  readonly default_value: unknown;
}

/** What a function returns. */
export interface FunctionReturns {
  readonly data_type: string;
  readonly description: string | null;
}

/** A second signature of a function, with a body of its own. */
export interface FunctionOverload {
  readonly defined_in: string;
  readonly arguments: readonly FunctionArgument[];
  readonly returns: FunctionReturns | null;
  readonly description: string | null;
  readonly raw_body: string | null;
  readonly compiled_body: string | null;
}

export interface FunctionNode extends CompiledFields {
  readonly returns: FunctionReturns;
  readonly resource_type: 'function';
  readonly config: FunctionConfig;
  readonly arguments: readonly FunctionArgument[];
  readonly overloads: readonly FunctionOverload[];
}

/** What stands under `nodes` in a manifest. */
export type ManifestNode =
  | ModelNode
  | SeedNode
  | SnapshotNode
  | AnalysisNode
  | OperationNode
  | SqlOperationNode
  | TestNode;

type Required =
  | 'schema'
  | 'name'
  | 'package_name'
  | 'path'
  | 'original_file_path'
  | 'unique_id'
  | 'fqn'
  | 'alias'
  | 'checksum';

/** All keys in dbt's order; those a factory demands hold a place here and are written over. */
function parsedFields<Type extends string, Config>(resource_type: Type, config: Config) {
  return {
    database: null,
    schema: '',
    name: '',
    resource_type,
    package_name: '',
    path: '',
    original_file_path: '',
    unique_id: '',
    fqn: [],
    alias: '',
    checksum: noFileHash,
    config,
    tags: [],
    description: '',
    columns: {},
    meta: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    build_path: null,
    unrendered_config: {},
    created_at: 0,
    relation_name: null,
    raw_code: '',
    doc_blocks: [],
  };
}

function compiledFields<Type extends string, Config>(resource_type: Type, config: Config) {
  return {
    ...parsedFields(resource_type, config),
    language: 'sql',
    refs: [],
    sources: [],
    metrics: [],
    functions: [],
    depends_on: { macros: [], nodes: [] },
    compiled_path: null,
    contract: { enforced: false, alias_types: true, checksum: null },
  };
}

/** A model with dbt's defaults. */
export function modelNode(given: Given<ModelNode, Required>): ModelNode {
  return {
    ...compiledFields('model', given.config ?? defaultConfig('model')),
    access: 'protected',
    constraints: [],
    version: null,
    latest_version: null,
    deprecation_date: null,
    primary_key: [],
    time_spine: null,
    ...given,
  };
}

/** A seed with dbt's defaults. */
export function seedNode(given: Given<SeedNode, Required>): SeedNode {
  return {
    ...parsedFields('seed', given.config ?? defaultConfig('seed')),
    root_path: null,
    depends_on: { macros: [] },
    ...given,
  };
}

/** A snapshot with dbt's defaults. */
export function snapshotNode(given: Given<SnapshotNode, Required>): SnapshotNode {
  return { ...compiledFields('snapshot', given.config ?? defaultConfig('snapshot')), ...given };
}

/** An analysis with dbt's defaults. */
export function analysisNode(given: Given<AnalysisNode, Required>): AnalysisNode {
  return { ...compiledFields('analysis', given.config ?? defaultConfig('analysis')), ...given };
}

/** A hook of the run with dbt's defaults. */
export function operationNode(given: Given<OperationNode, Required>): OperationNode {
  return { ...compiledFields('operation', given.config ?? defaultConfig('operation')), index: null, ...given };
}

/** SQL from the command line with dbt's defaults. */
export function sqlOperationNode(given: Given<SqlOperationNode, Required>): SqlOperationNode {
  return { ...compiledFields('sql_operation', given.config ?? defaultConfig('sql_operation')), ...given };
}

/** A singular test with dbt's defaults. */
export function singularTestNode(given: Given<TestNode, Required>): TestNode {
  return { ...compiledFields('test', given.config ?? defaultConfig('test')), ...given };
}

/** A generic test with dbt's defaults. */
export function genericTestNode(given: Given<TestNode, Exclude<Required, 'checksum'> | 'test_metadata'>): TestNode {
  return {
    ...compiledFields('test', given.config ?? defaultConfig('test')),
    column_name: null,
    file_key_name: null,
    attached_node: null,
    ...given,
  };
}

/** A test with dbt's defaults: generic where `test_metadata` is given, else singular. */
export function testNode(given: Given<TestNode, Required>): TestNode {
  const { test_metadata } = given;
  return test_metadata === undefined ? singularTestNode(given) : genericTestNode({ ...given, test_metadata });
}

/** A function with dbt's defaults. */
export function functionNode(given: Given<FunctionNode, Required | 'returns'>): FunctionNode {
  const { returns, ...rest } = given;
  return {
    returns,
    ...compiledFields('function', given.config ?? defaultConfig('function')),
    arguments: [],
    overloads: [],
    ...rest,
  };
}

const REFABLE: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot']);

/** Whether nodes of a type are what `ref` names: those that become relations of the project. */
export const isRefable = (type: string): boolean => REFABLE.has(type);

/** What compiling adds to a node. */
export interface Compiled {
  readonly compiled_path: string | null;
  readonly compiled_code: string | null;
  readonly extra_ctes_injected: boolean;
  readonly extra_ctes: readonly InjectedCte[];
  readonly relation_name?: string | null;
}

/** The node after compiling, its new fields where dbt puts them. */
export function compiledNode<Node extends CompiledFields>(node: Node, result: Compiled): Node {
  const compiled: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'contract') {
      compiled.compiled = true;
      compiled.compiled_code = result.compiled_code;
      compiled.extra_ctes_injected = result.extra_ctes_injected;
      compiled.extra_ctes = result.extra_ctes;
    }
    compiled[key] = value;
  }
  compiled.compiled_path = result.compiled_path;
  if (result.relation_name !== undefined) compiled.relation_name = result.relation_name;
  return compiled as unknown as Node;
}
