export { type Block, type BlockKind, extractBlocks } from './blocks.ts';
export { PyBytes } from './bytes.ts';
export { CompileCache, userCacheDir } from './compile-cache.ts';
export { drive } from './drive.ts';
export { errorPlace, JinjaError } from './error.ts';
export { dumps as toJson, loads as fromJson } from './json.ts';
export { callPlain, callSteps, compileMacro, MacroDefinition } from './macro-definition.ts';
export {
  makeModules,
  PyDate,
  PyDateTime,
  PyDecimal,
  PyMatch,
  PyPattern,
  PyTime,
  PyTimeDelta,
  PyTimezone,
  PyTzInfo,
} from './modules/index.ts';
export { Namespace } from './namespace.ts';
export * from './operators.ts';
export { fromPlain, type PlainJson, toPlain, withWholeNumbers } from './plain.ts';
export type { RenderOptions, Scope } from './render.ts';
export { ReturnSignal, returnFunction } from './return-signal.ts';
export type { SourceMap } from './source-map.ts';
export type { StaticArg, StaticCall } from './static-calls.ts';
export { compileTemplate, nativeRender, type Rendered, Template } from './template.ts';
export * from './value.ts';
