import { Script } from 'node:vm';
import type { Mode } from './code.ts';
import type { CompileCache } from './compile-cache.ts';
import { JinjaError } from './error.ts';
import { library, libraryNames } from './library.ts';
import type { MacroShape } from './macro.ts';
import { MisplacedError } from './misplaced-error.ts';
import type { SourceText } from './source-text.ts';
import type { Unit } from './unit.ts';

/** A program that has been loaded: what generated code returns. */
export interface Compiled {
  readonly places: readonly number[];
  /** For a macro that stands alone. */
  readonly macro?: MacroShape;
  readonly run: (...args: unknown[]) => unknown;
}

/** A program together with what turns its places into spans. */
export interface Ready {
  readonly program: Compiled;
  readonly unit: Unit;
}

/** Generated code as a function of the library, before it has been run. */
export type Factory = (library: unknown) => Compiled;

/** The text of a factory. Parentheses tell V8 to compile a function at once: it is about to be run. */
export function factoryText(code: string): string {
  return `(function({${libraryNames}}){${code}})`;
}

/** What a program was made of. */
export type ProgramKind = 'template' | 'macro';

/** A program for `text` in `mode`, from the cache or made by `generate`. */
export function loadProgram(
  source: SourceText,
  kind: ProgramKind,
  mode: Mode,
  cache: CompileCache | undefined,
  generate: () => string,
): Compiled {
  if (cache === undefined) return loadNew(source, programText(source, generate));
  const suffix = mode.parts ? 'parts' : mode.waits ? 'waits' : 'plain';
  const key = `${cache.key(kind, source.text)}.${suffix}`;
  const loaded = cache.loaded(key);
  if (loaded !== undefined) return loaded;
  const known = cache.find(key);
  if (known !== undefined) return cache.keep(key, loadFactory(known)(library));
  const text = programText(source, generate);
  const made = loadNew(source, text);
  cache.add(key, text);
  return cache.keep(key, made);
}

function programText(source: SourceText, generate: () => string): string {
  try {
    return factoryText(generate());
  } catch (error) {
    if (error instanceof MisplacedError) throw source.syntaxError(error.message, error.start, error.end);
    if (error instanceof RangeError) throw tooDeep(source, error);
    throw error;
  }
}

function loadNew(source: SourceText, text: string): Compiled {
  try {
    return loadFactory(text)(library);
  } catch (error) {
    // What nests deeply in the template does so in the program, which the engine has to read as well.
    if (error instanceof RangeError) throw tooDeep(source, error);
    throw error;
  }
}

function loadFactory(text: string): Factory {
  return new Script(`"use strict";${text}`, { filename: 'template' }).runInThisContext() as Factory;
}

/** The error for a template that nests deeper than the stack allows. */
export function tooDeep(source: SourceText, cause: RangeError): JinjaError {
  return new JinjaError('RecursionError', 'the template is nested too deeply', source.span(0, 0), cause);
}
