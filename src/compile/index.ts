export { type AnalysedNode, ProjectAnalysis, type SqlNode } from './analyse-project.ts';
export { type CompiledFunction, type CompiledSql, Compiler } from './compile-node.ts';
export { notConnected } from './diagnostics.ts';
export type { Batch, InputFilter, TimeSpan } from './input-filter.ts';
export {
  ephemeralName,
  type NodeScope,
  nodeScope,
  type RenderedNode,
  relationOf,
  type ScopeOptions,
  writeTarget,
} from './node-scope.ts';
export { renderNode } from './render-node.ts';
export { unitNode } from './unit-node.ts';
export { findNode, type Workbench } from './workbench.ts';
