export type { BehaviorFlag, BehaviorFlags } from './behavior.ts';
export { behaviorDefaults } from './behavior.ts';
export type { CommandName } from './command.ts';
export { commandNames } from './command.ts';
export type { Csv } from './csv.ts';
export { parseCsv } from './csv.ts';
export type { Diagnostic, DiagnosticMaker, DiagnosticPlace, Label, Severity } from './diagnostic.ts';
export { DiagnosticError, diagnostic } from './diagnostic.ts';
export { invalidFlagValue } from './diagnostics.ts';
export type { Event, EventLevel, EventSink } from './event.ts';
export type { FlagKind, FlagRow } from './flag-table.ts';
export { belongsTo, flagTable } from './flag-table.ts';
export type { SettledFlags } from './flag-views.ts';
export { invocationArgs, jinjaFlags } from './flag-views.ts';
export type {
  FlagName,
  Flags,
  GivenFlags,
  IndirectSelection,
  LogFormat,
  LogLevel,
  StaticAnalysisLevel,
  WarnErrorOptions,
} from './flags.ts';
export type { Invocation } from './invocation.ts';
export { emit } from './invocation.ts';
export type { Execute, Io } from './io.ts';
export { addTo } from './multimap.ts';
export { nearest } from './nearest.ts';
export type { YamlReader } from './read-flag.ts';
export type { Column, Relation, RelationType } from './relation.ts';
export type { FlagInput, FlagSource, ResolvedFlags } from './resolve-flags.ts';
export { resolveFlags, snakeCase } from './resolve-flags.ts';
export type { LineColumn, MacroFrame, Span } from './span.ts';
export { internalFile, internalPlace, lineColumn } from './span.ts';
export { statementExcerpt } from './statement-excerpt.ts';
export type { SystemError } from './system-error.ts';
export { isSystemError, systemProblem } from './system-error.ts';
export { trimHeap } from './trim-heap.ts';
export { dbtVersion, xformVersion } from './version.ts';
export { type WarningFate, warningFate } from './warn-error.ts';
