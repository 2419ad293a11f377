export { parseAdapter } from './adapter.ts';
export type { AdapterHost } from './adapter-host.ts';
export { apiObject } from './api.ts';
export { type BaseHost, baseNames } from './base.ts';
export { BehaviorValue } from './behavior.ts';
export { ColumnValue } from './column.ts';
export { ParseConfig, RunConfig } from './config.ts';
export { envVar, SECRET_PREFIX } from './env-var.ts';
export { exceptionFunctions, exceptionsNamespace } from './exceptions.ts';
export { findMacro, findPackageMacro, type Macro, type MacroIndex, MacroScope, macroNames } from './macros.ts';
export { logFunction, type OutputHost, printFunction } from './output.ts';
export {
  builtinsDict,
  namesFunction,
  type RefArguments,
  type Resolver,
  refFunction,
  type SourceArguments,
  sourceFunction,
} from './ref.ts';
export { type RelationOptions, RelationValue } from './relation.ts';
export { RelationCache } from './relation-cache.ts';
export { relationType } from './relation-kind.ts';
export { AdapterResponse, type StatementResult, StatementResults } from './results.ts';
export { runAdapter } from './run-adapter.ts';
export { type ProjectFacts, runtimeConfig } from './runtime-config.ts';
export { type LazyNames, RenderScope } from './scope.ts';
export { SeedTable } from './seed-table.ts';
export type { YamlHost } from './serialization.ts';
export { constantFunction, plainFunction, signature, waitingFunction } from './signature.ts';
export { emptyTable, TableValue, tableOf } from './table.ts';
export { VarFunction } from './var.ts';
export { wait } from './wait.ts';
