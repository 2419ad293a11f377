export type {
  AnalysisRequest,
  ColumnEdge,
  NamedTable,
  OutputColumn,
  QueryAnalysis,
  WarehouseFacts,
} from './analysis.ts';
export { type AnalysisCache, Analyst } from './analyst.ts';
export { type DialectName, dialects, isDialect } from './dialect.ts';
export { type EdgeKind, edgeKinds, valueKinds } from './provenance.ts';
export type { QueryPrint } from './query-print.ts';
export type { KnownColumn, KnownTable } from './relation.ts';
export { catalogType } from './types/type-systems.ts';
