export { type CompiledSql, Compiler } from './compile-node.ts';
export { ephemeralName, type NodeScope, nodeScope, relationOf, type RenderedNode, type ScopeOptions, writeTarget } from './node-scope.ts';
export { findNode, type Workbench } from './workbench.ts';
export { unitNode } from './unit-node.ts';
