export { undefinedName } from './calls.ts';
export { diagnosticsOf, jinjaDiagnostic, missingFunction, missingSource } from './diagnostics.ts';
export type { Package, ParseInput } from './draft.ts';
export { renderAll } from './generic-tests.ts';
export { parseInline } from './inline.ts';
export { type Keeping, parseOrRestore } from './kept-project.ts';
export { type Parsed, parseProject, type Templates } from './parse-project.ts';
export type { Resolver } from './resolve.ts';
