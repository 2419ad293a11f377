// In: the event stream of an invocation, and diagnostics. Out: what people and programs read of them.
export type { InternalError } from './internal-error.ts';
export { internalError } from './internal-error.ts';
export type { Color, Paint } from './paint.ts';
export { painter, wantsColors } from './paint.ts';
export type { RenderOptions } from './render-diagnostic.ts';
export { renderDiagnostic, renderDiagnostics } from './render-diagnostic.ts';
export type { Reporter, ReporterSpec } from './reporter.ts';
export { reporter } from './reporter.ts';
export type { Scrub } from './scrub.ts';
export { scrubber, secretsOf } from './scrub.ts';
