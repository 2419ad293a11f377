import type { Statement } from './ast.ts';
import type { Mode } from './code.ts';
import type { CompileCache } from './compile-cache.ts';
import { loadProgram, type Ready, tooDeep } from './compiled.ts';
import { JinjaError } from './error.ts';
import { Frame } from './frame.ts';
import { nativeConcat } from './native.ts';
import { parse } from './parser.ts';
import { Render, type RenderOptions, type Scope } from './render.ts';
import { ReturnSignal } from './return-signal.ts';
import { SourceMap } from './source-map.ts';
import { SourceText } from './source-text.ts';
import { templateCode } from './statement-code.ts';
import { type StaticCall, staticCalls } from './static-calls.ts';
import { Unit } from './unit.ts';
import { PyError, type Value, type Waiting } from './value.ts';

/** What a template rendered. */
export interface Rendered {
  readonly text: string;
  readonly map: SourceMap;
}

const PLAIN: Mode = { waits: false, parts: false };
const WAITING: Mode = { waits: true, parts: false };
const PARTS: Mode = { waits: false, parts: true };

/** Parses, with the stack's limit as an error of the template. */
export function parseText(source: SourceText): Statement[] {
  try {
    return parse(source);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(source, error);
    throw error;
  }
}

/** A stretch of a file. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** A template that can be rendered. Code for each mode is made when first needed. */
export class Template {
  readonly source: string;
  readonly file: string;
  /** What the template is called besides its file. */
  readonly name: string | undefined;
  readonly #cache: CompileCache | undefined;
  /** The stretch of `source` that is the template. */
  readonly range: Range;
  /** The tree, until code has been made of it: it is large, and quick to make again. */
  #tree: Statement[] | undefined;
  readonly #programs = new Map<Mode, Ready>();
  #calls: readonly StaticCall[] | undefined;

  constructor(
    source: string,
    file: string,
    name: string | undefined,
    cache: CompileCache | undefined,
    range: Range,
    isValid = false,
  ) {
    this.range = range;
    this.source = source;
    this.file = file;
    this.name = name;
    this.#cache = cache;
    if (isValid) return;
    const text = new SourceText(file, source, range.start, range.end);
    if (cache === undefined || !cache.has('template', text.text)) this.#tree = parseText(text);
  }

  /** Renders at once. A call that would have to wait is an error. */
  render(scope: Scope, options?: RenderOptions): Rendered {
    const { program, unit } = this.#ready(PLAIN);
    const render = new Render(scope, false, options);
    const frame = begin(render, unit);
    try {
      const text = program.run(render, frame, hostNames(render)) as string;
      return { text, map: new SourceMap(frame.trace, text.length) };
    } catch (error) {
      throw ended(render, error);
    }
  }

  /** Renders step by step, so that calls can wait: see `drive`. */
  *renderWaiting(scope: Scope, options?: RenderOptions): Waiting<Rendered> {
    const { program, unit } = this.#ready(WAITING);
    const render = new Render(scope, true, options);
    const frame = begin(render, unit);
    try {
      const text = yield* program.run(render, frame, hostNames(render)) as Waiting<string>;
      return { text, map: new SourceMap(frame.trace, text.length) };
    } catch (error) {
      throw ended(render, error);
    }
  }

  /** The values of the template's outputs and the text between them, one after the other. */
  renderParts(scope: Scope, options?: RenderOptions): Value[] {
    const { program, unit } = this.#ready(PARTS);
    const render = new Render(scope, false, options);
    const frame = begin(render, unit);
    try {
      return program.run(render, frame, hostNames(render)) as Value[];
    } catch (error) {
      throw ended(render, error);
    }
  }

  /** All calls the template contains of something that has a name, whether or not a render would reach them. */
  calls(): readonly StaticCall[] {
    if (this.#calls === undefined) {
      const text = new SourceText(this.file, this.source, this.range.start, this.range.end);
      this.#calls = staticCalls(this.#tree ?? parseText(text), text);
    }
    return this.#calls;
  }

  #ready(mode: Mode): Ready {
    let ready = this.#programs.get(mode);
    if (ready === undefined) {
      const text = new SourceText(this.file, this.source, this.range.start, this.range.end);
      const program = loadProgram(text, 'template', mode, this.#cache, () =>
        templateCode(this.#tree ?? parseText(text), mode),
      );
      this.#tree = undefined;
      ready = { program, unit: new Unit(this.file, this.source, program.places, this.range.start, this.range.end) };
      this.#programs.set(mode, ready);
    }
    return ready;
  }
}

function begin(render: Render, unit: Unit): Frame {
  render.frame = new Frame(unit, undefined, null, null);
  return render.frame;
}

/** How generated code looks up the names of the host. */
export function hostNames(render: Render, scope: Scope = render.scope): (name: string) => Value {
  return (name) => {
    const value = render.lookupIn(scope, name);
    return value === undefined ? render.unknown(name) : value;
  };
}

function ended(render: Render, error: unknown): unknown {
  if (!(error instanceof ReturnSignal)) return render.failed(error);
  return new JinjaError('TemplateRuntimeError', 'return() can only be used within a macro', render.here());
}

/**
 * Makes a template of its source. Throws JinjaError where it is not valid.
 * @param options.range the stretch of `source` that is the template, where it stands in a larger file: spans count from
 *   the start of the file
 * @param options.isValid known to be valid: read only when it is rendered
 */
export function compileTemplate(
  source: string,
  file: string,
  options: { cache?: CompileCache; name?: string; range?: Range; isValid?: boolean } = {},
): Template {
  return new Template(
    source,
    file,
    options.name,
    options.cache,
    options.range ?? { start: 0, end: source.length },
    options.isValid,
  );
}

/** Renders a value as itself: a lone expression keeps its type where it is marked `as_native` and the like. */
export function nativeRender(template: Template, scope: Scope, options?: RenderOptions): Value {
  const parts = template.renderParts(scope, options);
  try {
    return nativeConcat(parts);
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    const at = { file: template.file, start: 0, end: template.source.length };
    throw new JinjaError(error.type, error.message, at, error);
  }
}
