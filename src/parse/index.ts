export { jinjaDiagnostic } from './diagnostics.ts';
export type { Package, ParseInput } from './draft.ts';
export { renderAll } from './generic-tests.ts';
export { parseInline } from './inline.ts';
export { type Parsed, parseProject } from './parse-project.ts';
export type { Resolver } from './resolve.ts';
