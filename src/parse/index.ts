export type { Package, ParseInput } from './draft.ts';
export { type Parsed, parseProject } from './parse-project.ts';
export { renderAll } from './generic-tests.ts';
export { jinjaDiagnostic } from './diagnostics.ts';
export { parseInline } from './inline.ts';
export type { Resolver } from './resolve.ts';
