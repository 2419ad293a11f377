import type { Macro, Statement } from './ast.ts';
import type { Block } from './blocks.ts';
import type { Mode } from './code.ts';
import type { CompileCache } from './compile-cache.ts';
import { loadProgram, type Ready } from './compiled.ts';
import { type LoadedMacro, type MacroBody, MacroFunction } from './macro.ts';
import { Render, type RenderOptions, type Scope } from './render.ts';
import { SourceText } from './source-text.ts';
import { macroCode } from './statement-code.ts';
import { type StaticCall, staticCalls } from './static-calls.ts';
import { hostNames, parseText } from './template.ts';
import { Unit } from './unit.ts';
import type { Kwargs, PyFunction, Value, Waiting } from './value.ts';

const PLAIN: Mode = { waits: false, parts: false };
const WAITING: Mode = { waits: true, parts: false };

/** A macro cut out of its file, not yet given the names it will see. */
export class MacroDefinition {
  readonly block: Block;
  readonly file: string;
  /** The whole file, which spans refer to. */
  readonly #source: string;
  readonly #cache: CompileCache | undefined;
  #tree: Statement[] | undefined;
  readonly #programs = new Map<Mode, Ready>();
  #calls: readonly StaticCall[] | undefined;

  constructor(block: Block, source: string, file: string, cache: CompileCache | undefined, isValid = false) {
    this.block = block;
    this.file = file;
    this.#source = source;
    this.#cache = cache;
    if (isValid) return;
    const text = this.#text();
    if (cache === undefined || !cache.has('macro', text.text)) this.#tree = parseText(text);
  }

  #text(): SourceText {
    const { start, end } = this.block.span;
    return new SourceText(this.file, this.#source, start, end);
  }

  /** All calls in the macro of something that has a name. */
  calls(): readonly StaticCall[] {
    if (this.#calls === undefined) {
      const text = this.#text();
      this.#calls = staticCalls(this.#tree ?? parseText(text), text);
    }
    return this.#calls;
  }

  #ready(mode: Mode): Ready {
    let ready = this.#programs.get(mode);
    if (ready === undefined) {
      const text = this.#text();
      const generate = () => macroCode(this.#macro(this.#tree ?? parseText(text)), mode);
      const program = loadProgram(text, 'macro', mode, this.#cache, generate);
      this.#tree = undefined;
      const { start, end } = this.block.span;
      ready = { program, unit: new Unit(this.file, this.#source, program.places, start, end) };
      this.#programs.set(mode, ready);
    }
    return ready;
  }

  #macro(tree: readonly Statement[]): Macro {
    const [node] = tree;
    if (node?.type === 'macro') return node;
    // A snapshot has no arguments: its body is all there is to it.
    const { start, end } = this.block.span;
    return { type: 'macro', name: this.block.name, parameters: [], body: tree, start: 0, end: end - start };
  }

  /** The macro as a value that sees the names of `scope`, and none of what stands beside it in its file. */
  bind(scope: Scope, qualifiedName: string): PyFunction {
    const load = (mode: Mode): LoadedMacro => {
      const { program, unit } = this.#ready(mode);
      const body: MacroBody = (render, frame, values) => program.run(render, frame, values, hostNames(render, scope));
      return { shape: program.macro!, body, unit };
    };
    let plain: LoadedMacro | undefined;
    let waiting: LoadedMacro | undefined;
    return new MacroFunction(this.block.name, {
      label: qualifiedName,
      definedIn: null,
      returns: true,
      observed: true,
      load: (waits) => {
        if (waits) waiting ??= load(WAITING);
        else plain ??= load(PLAIN);
        return (waits ? waiting : plain)!;
      },
    });
  }
}

/** Makes a macro of a block of `source`. Throws JinjaError where it is not valid, unless it is known to be (`isValid`). */
export function compileMacro(
  block: Block,
  source: string,
  file: string,
  options: { cache?: CompileCache; isValid?: boolean } = {},
): MacroDefinition {
  return new MacroDefinition(block, source, file, options.cache, options.isValid);
}

/** Calls a value from outside of any template, where nothing waits. */
export function callPlain(callee: Value, args: Value[], kwargs: Kwargs, scope: Scope, options?: RenderOptions): Value {
  const render = new Render(scope, false, options);
  try {
    return render.call(callee, args, kwargs);
  } catch (error) {
    throw render.failed(error);
  }
}

/** Calls a value from outside of any template, step by step. */
export function* callSteps(
  callee: Value,
  args: Value[],
  kwargs: Kwargs,
  scope: Scope,
  options?: RenderOptions,
): Waiting {
  const render = new Render(scope, true, options);
  try {
    return yield* render.callWaiting(callee, args, kwargs);
  } catch (error) {
    throw render.failed(error);
  }
}
