import type { Statement, Target } from './ast.ts';
import { quote } from './code.ts';
import { ExpressionCode } from './expression-code.ts';
import { collectNames } from './frame-names.ts';
import type { Names } from './names.ts';
import { walkTarget } from './walk.ts';

/** Where generated code puts its output: names of the text so far and of its trace. */
export interface Buffer {
  readonly text: string;
  readonly trace: string;
  readonly points: string;
  readonly parts: boolean;
}

/** Code for what statements have in common: frames and their variables, functions, output, assignment. */
export abstract class FrameCode extends ExpressionCode {
  protected out: string[] = [];
  protected buffer: Buffer = { text: 'o', trace: 'm', points: 'p', parts: false };
  /** Loops around the current statement within the same function. */
  protected loops = 0;

  /** Writes statements into the current frame. */
  protected abstract statements(body: readonly Statement[]): void;

  protected get functionKeyword(): string {
    return this.program.mode.waits ? 'function*' : 'function';
  }

  /** Code of a function's body: `make` writes its statements, the rest is around them. */
  protected functionBody(make: () => void): string {
    const { temporaries } = this;
    const out = this.out;
    const loops = this.loops;
    this.temporaries = [];
    this.out = [];
    this.loops = 0;
    make();
    const body = this.out.join('');
    const locals = ['T', ...this.temporaries].join(',');
    this.temporaries = temporaries;
    this.out = out;
    this.loops = loops;
    const { parts } = this.buffer;
    return `const m=f.trace,p=m.points;let ${locals},o=${parts ? '[]' : '""'};${body}return o`;
  }

  /** Declares what the current frame's variables begin as. */
  protected enterFrame(): void {
    const declared: string[] = [];
    for (const [variable, load] of this.names.loads) {
      if (load.kind === 'given') continue;
      if (load.kind === 'copy') declared.push(`${variable}=${load.of}`);
      else if (load.kind === 'unset') declared.push(`${variable}=${this.program.unset(load.name)}`);
      else if (this.names.stored.has(load.name)) declared.push(`${variable}=${this.program.hostName(load.name)}`);
      else this.names.redirect(load.name, this.program.hostName(load.name));
    }
    if (declared.length > 0) this.out.push(`let ${declared.join(',')};`);
  }

  /** Writes a frame within braces: `prepare` gives it what comes from outside, `body` is what runs in it. */
  protected frame(body: readonly Statement[], prepare?: (names: Names) => void, begin?: () => void): void {
    const outer = this.names;
    this.names = outer.inner();
    prepare?.(this.names);
    collectNames(this.names, body);
    this.out.push('{');
    this.enterFrame();
    begin?.();
    this.statements(body);
    this.out.push('}');
    this.names = outer;
  }

  protected emit(code: string, place: number): void {
    const { text, points, parts } = this.buffer;
    this.out.push(parts ? `${text}.push(${code});` : `${points}.push(${text}.length,${place});${text}+=${code};`);
  }

  /** Assigns what `code` gives to a target. */
  protected assign(target: Target, code: string): void {
    if (target.type === 'name') this.out.push(`${this.assignable(target.name)}=${code};`);
    else if (target.type === 'namespace') {
      const place = this.program.place(target.start, target.end);
      this.out.push(`T=${code};f.p=${place};setNamespace(${this.variable(target.name)},${quote(target.attribute)},T);`);
    } else {
      const items = this.temporary();
      const place = this.program.place(target.start, target.end);
      this.out.push(`T=${code};f.p=${place};${items}=rt.unpack(T,${target.items.length});`);
      for (const [index, item] of target.items.entries()) this.assign(item, `${items}[${index}]`);
    }
  }
  protected assignable(name: string): string {
    return this.names.find(name)!;
  }

  /** Declares the names of a target and assigns to them. */
  protected assignGiven(target: Target, code: string): void {
    if (target.type === 'name') {
      this.out.push(`let ${this.assignable(target.name)}=${code};`);
      return;
    }
    const declared: string[] = [];
    walkTarget(target, { write: (name) => void declared.push(this.assignable(name)) });
    if (declared.length > 0) this.out.push(`let ${[...new Set(declared)].join(',')};`);
    this.assign(target, code);
  }

  protected newBuffer(): Buffer {
    const number = this.program.fresh('');
    return { text: `o${number}`, trace: `m${number}`, points: `p${number}`, parts: false };
  }
  protected declare({ text, trace, points }: Buffer): string {
    return `let ${text}="";const ${trace}=new Trace(f),${points}=${trace}.points;`;
  }

  /** Runs statements into a buffer of their own, which is declared before them. */
  protected captured(body: readonly Statement[]): Buffer {
    const outer = this.buffer;
    const buffer = this.newBuffer();
    this.out.push(this.declare(buffer));
    this.buffer = buffer;
    this.frame(body);
    this.buffer = outer;
    return buffer;
  }
}
