import type { AssignBlock, CallBlock, Expression, For, Macro, Parameter, Statement, Target, With } from './ast.ts';
import { type Mode, Program, quote } from './code.ts';
import { ExpressionCode } from './expression-code.ts';
import { collectNames, giveTargets } from './frame-names.ts';
import type { MacroShape } from './macro.ts';
import { NameNumbers, Names } from './names.ts';
import { readsBeforeWrites, walkStatements, walkTarget } from './walk.ts';

/** Where generated code puts its output: names of the text so far and of its trace. */
interface Buffer {
  readonly text: string;
  readonly trace: string;
  readonly points: string;
  readonly parts: boolean;
}

/** Thrown for what only code generation notices, with the place in the template's text. */
export class MisplacedError extends Error {
  readonly start: number;
  readonly end: number;
  constructor(message: string, at: { start: number; end: number }) {
    super(message);
    this.start = at.start;
    this.end = at.end;
  }
}

/** Code for a template: the body of a function that is given the runtime library and returns what to run. */
export function templateCode(body: readonly Statement[], mode: Mode): string {
  const numbers = new NameNumbers();
  const program = new Program(mode, numbers);
  return new StatementCode(program, new Names(undefined, numbers)).template(body);
}

/** Code for a macro that stands alone: names that are not its own are the host's. */
export function macroCode(macro: Macro, mode: Mode): string {
  const numbers = new NameNumbers();
  const program = new Program(mode, numbers);
  return new StatementCode(program, new Names(undefined, numbers)).standaloneMacro(macro);
}

class StatementCode extends ExpressionCode {
  #out: string[] = [];
  #buffer: Buffer = { text: 'o', trace: 'm', points: 'p', parts: false };
  /** Loops around the current statement within the same function. */
  #loops = 0;
  #macroDepth = 0;

  template(body: readonly Statement[]): string {
    this.#buffer = { ...this.#buffer, parts: this.program.mode.parts };
    const code = this.#functionBody(() => {
      collectNames(this.names, body);
      this.#enterFrame();
      this.#statements(body);
    });
    return this.#program('', `(rt,f,L){${this.program.prelude()}${code}}`);
  }

  standaloneMacro(macro: Macro): string {
    const shape = macroShape(macro.name, macro.parameters, macro.body);
    const code = this.#macroBody(macro.parameters, macro.body, shape);
    return this.#program(`macro:${JSON.stringify(shape)},`, `(rt,f,A,L){${this.program.prelude()}${code}}`);
  }

  #program(extra: string, rest: string): string {
    return `${this.program.constants()}return{places:[${this.program.places.join(',')}],${extra}run:${this.#function}${rest}}`;
  }

  get #function(): string {
    return this.program.mode.waits ? 'function*' : 'function';
  }

  /** Code of a function's body: `make` writes its statements, the rest is around them. */
  #functionBody(make: () => void): string {
    const { temporaries } = this;
    const out = this.#out;
    const loops = this.#loops;
    this.temporaries = [];
    this.#out = [];
    this.#loops = 0;
    make();
    const body = this.#out.join('');
    const locals = ['T', ...this.temporaries].join(',');
    this.temporaries = temporaries;
    this.#out = out;
    this.#loops = loops;
    const { parts } = this.#buffer;
    return `const m=f.trace,p=m.points;let ${locals},o=${parts ? '[]' : '""'};${body}return o`;
  }

  /** Declares what the current frame's variables begin as. */
  #enterFrame(): void {
    const declared: string[] = [];
    for (const [variable, load] of this.names.loads) {
      if (load.kind === 'given') continue;
      if (load.kind === 'copy') declared.push(`${variable}=${load.of}`);
      else if (load.kind === 'unset') declared.push(`${variable}=${this.program.unset(load.name)}`);
      else if (this.names.stored.has(load.name)) declared.push(`${variable}=${this.program.hostName(load.name)}`);
      else this.names.redirect(load.name, this.program.hostName(load.name));
    }
    if (declared.length > 0) this.#out.push(`let ${declared.join(',')};`);
  }

  /** Writes a frame within braces: `prepare` gives it what comes from outside, `body` is what runs in it. */
  #frame(body: readonly Statement[], prepare?: (names: Names) => void, begin?: () => void): void {
    const outer = this.names;
    this.names = outer.inner();
    prepare?.(this.names);
    collectNames(this.names, body);
    this.#out.push('{');
    this.#enterFrame();
    begin?.();
    this.#statements(body);
    this.#out.push('}');
    this.names = outer;
  }

  #statements(body: readonly Statement[]): void {
    for (const node of body) this.#statement(node);
  }

  #statement(node: Statement): void {
    switch (node.type) {
      case 'data':
        return this.#emit(quote(node.text), this.program.place(node.start, -1 - node.end));
      case 'output':
        return this.#output(node.value);
      case 'if':
        return this.#if(node);
      case 'for':
        return this.#for(node);
      case 'assign':
        return this.#assign(node.target, `rt.assigned(${this.value(node.value)})`);
      case 'assign-block':
        return this.#assignBlock(node);
      case 'macro':
        return this.#macro(node);
      case 'call-block':
        return this.#callBlock(node);
      case 'filter-block': {
        const text = this.#captured(node.body);
        return this.#emit(`str(${this.#filtered(node.filter, text.text)})`, this.program.place(node.filter.start, node.filter.end));
      }
      case 'with':
        return this.#with(node);
      case 'scope':
        return this.#frame(node.body);
      case 'do':
        this.#out.push(`${this.value(node.value)};`);
        return;
      case 'break':
      case 'continue':
        if (this.#loops === 0) throw new MisplacedError(`'${node.type}' stands outside of any loop`, node);
        this.#out.push(`${node.type};`);
        return;
      case 'unsupported':
        this.#out.push(`f.p=${this.program.place(node.start, node.end)};rt.refuse(${quote(node.tag)});`);
        return;
    }
  }

  #emit(code: string, place: number): void {
    const { text, points, parts } = this.#buffer;
    this.#out.push(parts ? `${text}.push(${code});` : `${points}.push(${text}.length,${place});${text}+=${code};`);
  }

  #output(node: Expression): void {
    const place = this.program.place(node.start, node.end);
    if (this.#buffer.parts) return this.#emit(this.value(node), place);
    if (node.type === 'call') return this.#emit(`rt.text(${this.value(node)},${this.#buffer.trace})`, place);
    if (node.type === 'name') return this.#emit(`rt.kept(${this.value(node)},${this.#buffer.trace})`, place);
    this.#emit(this.text(node), place);
  }

  #if(node: Statement & { type: 'if' }): void {
    node.branches.forEach((branch, index) => {
      this.#out.push(`${index > 0 ? 'else ' : ''}if(${this.condition(branch.test)}){`);
      this.#statements(branch.body);
      this.#out.push('}');
    });
    if (node.otherwise.length === 0) return;
    this.#out.push('else{');
    this.#statements(node.otherwise);
    this.#out.push('}');
  }

  /** Assigns what `code` gives to a target. */
  #assign(target: Target, code: string): void {
    if (target.type === 'name') this.#out.push(`${this.#assignable(target.name)}=${code};`);
    else if (target.type === 'namespace') {
      const place = this.program.place(target.start, target.end);
      this.#out.push(`T=${code};f.p=${place};setNamespace(${this.variable(target.name)},${quote(target.attribute)},T);`);
    } else {
      const items = this.temporary();
      const place = this.program.place(target.start, target.end);
      this.#out.push(`T=${code};f.p=${place};${items}=rt.unpack(T,${target.items.length});`);
      target.items.forEach((item, index) => this.#assign(item, `${items}[${index}]`));
    }
  }
  #assignable(name: string): string {
    return this.names.find(name)!;
  }

  #for(node: For): void {
    const usesLoop =
      node.recursive ||
      // An inner loop has a `loop` of its own.
      readsBeforeWrites(node.body, ['loop'], (inner) => inner.type === 'for').has('loop');
    walkTarget(node.target, {
      write: (name) => {
        if (usesLoop && name === 'loop') throw new MisplacedError("'loop' cannot be assigned to by its own loop", node.target);
      },
    });
    const iterable = `(T=${this.value(node.iterable)},f.p=${this.program.place(node.iterable.start, node.iterable.end)},T)`;
    if (node.recursive) return this.#recursiveFor(node, iterable);
    this.#out.push('{');
    this.#forBody(node, iterable, usesLoop, '0', '');
    this.#out.push('}');
  }

  /** A recursive loop is a function that `loop(…)` calls again. */
  #recursiveFor(node: For, iterable: string): void {
    const run = this.program.fresh('r');
    const outerBuffer = this.#buffer;
    const buffer = this.#newBuffer();
    const { temporaries } = this;
    const loops = this.#loops;
    const out = this.#out;
    this.temporaries = [];
    this.#out = [];
    this.#loops = 0;
    this.#buffer = buffer;
    this.#forBody(node, 'I', true, 'D', this.program.mode.waits ? `void 0,${run}` : run);
    const locals = ['T', ...this.temporaries].join(',');
    const body = this.#out.join('');
    this.temporaries = temporaries;
    this.#out = out;
    this.#loops = loops;
    this.#buffer = outerBuffer;
    const finish = `rt.finished(${buffer.text},${buffer.trace});return ${buffer.text}`;
    this.#out.push(`const ${run}=${this.#function}(I,D){let ${locals};${this.#declare(buffer)}${body}${finish}};`);
    const call = this.program.mode.waits ? `(yield*${run}(${iterable},0))` : `${run}(${iterable},0)`;
    const { trace } = this.#buffer;
    this.#emit(this.#buffer.parts ? call : `rt.text(${call},${trace})`, this.program.place(node.start, node.end));
  }

  #forBody(node: For, iterable: string, usesLoop: boolean, depth: string, recursion: string): void {
    const ran = node.otherwise.length > 0 ? this.program.fresh('n') : undefined;
    if (ran) this.#out.push(`let ${ran}=false;`);
    const item = this.program.fresh('x');
    const loop = this.program.fresh('l');
    this.#loops += 1;
    if (usesLoop) {
      let items = `rt.items(${iterable})`;
      if (node.test) {
        const kept = this.program.fresh('k');
        this.#out.push(`const ${kept}=[];for(const ${item} of iterate(${iterable})){`);
        this.#test(node, item);
        this.#out.push(`${kept}.push(${item});}`);
        items = kept;
      }
      this.#out.push(`const ${loop}=new Loop(${items},${depth}${recursion && `,${recursion}`});while(${loop}.next()){`);
    } else {
      this.#out.push(`for(const ${item} of iterate(${iterable})){`);
      if (node.test) this.#test(node, item);
    }
    this.#frame(
      node.body,
      (names) => {
        if (usesLoop) names.given('loop');
        giveTargets(names, node.target);
      },
      () => {
        if (usesLoop) this.#out.push(`let ${this.#assignable('loop')}=${loop};`);
        this.#assignGiven(node.target, usesLoop ? `${loop}.current` : item);
      },
    );
    // As in Jinja a body left early, by break or continue, does not count as having run.
    this.#out.push(ran ? `${ran}=true;}` : '}');
    this.#loops -= 1;
    if (ran) {
      this.#out.push(`if(!${ran})`);
      this.#frame(node.otherwise);
    }
  }

  /** Goes on to the next item where the loop's condition does not hold. */
  #test(node: For, item: string): void {
    const outer = this.names;
    this.names = outer.inner();
    giveTargets(this.names, node.target);
    collectNames(this.names, [{ type: 'do', value: node.test!, start: 0, end: 0 }]);
    this.#out.push('{');
    this.#enterFrame();
    this.#assignGiven(node.target, item);
    this.#out.push(`if(!${this.condition(node.test!)})continue;}`);
    this.names = outer;
  }

  /** Declares the names of a target and assigns to them. */
  #assignGiven(target: Target, code: string): void {
    if (target.type === 'name') {
      this.#out.push(`let ${this.#assignable(target.name)}=${code};`);
      return;
    }
    const declared: string[] = [];
    walkTarget(target, { write: (name) => void declared.push(this.#assignable(name)) });
    if (declared.length > 0) this.#out.push(`let ${[...new Set(declared)].join(',')};`);
    this.#assign(target, code);
  }

  #newBuffer(): Buffer {
    const number = this.program.fresh('');
    return { text: `o${number}`, trace: `m${number}`, points: `p${number}`, parts: false };
  }
  #declare({ text, trace, points }: Buffer): string {
    return `let ${text}="";const ${trace}=new Trace(f),${points}=${trace}.points;`;
  }

  /** Runs statements into a buffer of their own, which is declared before them. */
  #captured(body: readonly Statement[]): Buffer {
    const outer = this.#buffer;
    const buffer = this.#newBuffer();
    this.#out.push(this.#declare(buffer));
    this.#buffer = buffer;
    this.#frame(body);
    this.#buffer = outer;
    return buffer;
  }

  /** A chain of filters on the text of a block. */
  #filtered(filter: Expression & { type: 'filter' }, text: string): string {
    const inner = filter.value?.type === 'filter' ? this.#filtered(filter.value, text) : text;
    return this.filter(filter, inner);
  }

  #assignBlock(node: AssignBlock): void {
    const { text, trace } = this.#captured(node.body);
    this.#assign(node.target, node.filter ? this.#filtered(node.filter, text) : `rt.keep(${text},${trace})`);
  }

  #macro(node: Macro): void {
    const shape = macroShape(node.name, node.parameters, node.body);
    const macro = this.#macroFunction('macro', shape, node.parameters, node.body);
    this.#out.push(`${this.#assignable(node.name)}=${macro};`);
  }

  #macroFunction(kind: 'macro' | 'block', shape: MacroShape, parameters: readonly Parameter[], body: readonly Statement[]): string {
    const constant = this.program.constant(JSON.stringify(shape));
    const code = this.#macroBody(parameters, body, shape);
    const returns = kind === 'macro' && this.#macroDepth === 0;
    return `innerMacro(f,${constant},${this.#function}(rt,f,A){${code}},${returns},${kind === 'block'})`;
  }

  #macroBody(parameters: readonly Parameter[], body: readonly Statement[], shape: MacroShape): string {
    const outer = this.names;
    const outerBuffer = this.#buffer;
    this.#buffer = { text: 'o', trace: 'm', points: 'p', parts: false };
    this.names = outer.inner();
    const { names } = this;
    this.#macroDepth += 1;
    const code = this.#functionBody(() => {
      const variables = parameters.map((parameter) => names.given(parameter.name));
      const given = [...variables];
      for (const name of ['caller', 'kwargs', 'varargs'] as const) {
        if (shape[name] && !(name === 'caller' && shape.explicitCaller)) given.push(names.given(name));
      }
      collectNames(names, [...parameters.flatMap(defaultOf), ...body]);
      if (given.length > 0) this.#out.push(`let ${given.map((variable, index) => `${variable}=A[${index}]`).join(',')};`);
      this.#enterFrame();
      for (const variable of variables) this.unready.add(variable);
      parameters.forEach((parameter, index) => {
        const value = parameter.value
          ? this.value(parameter.value)
          : `rt.undef(${quote(parameter.name)},${quote(`the argument '${parameter.name}' was not given`)})`;
        this.#out.push(`if(${variables[index]}===void 0)${variables[index]}=${value};`);
        this.unready.delete(variables[index]!);
      });
      this.#statements(body);
    });
    this.#macroDepth -= 1;
    this.names = outer;
    this.#buffer = outerBuffer;
    return code;
  }

  #callBlock(node: CallBlock): void {
    const shape = macroShape('caller', node.parameters, node.body);
    const block = this.#macroFunction('block', shape, node.parameters, node.body);
    const call = this.call(node.call, block);
    const place = this.program.place(node.call.start, node.call.end);
    this.#emit(this.#buffer.parts ? call : `rt.called(${call},${this.#buffer.trace})`, place);
  }

  #with(node: With): void {
    const values = node.assignments.map((item) => {
      const value = this.program.fresh('w');
      return { value, code: this.value(item.value), target: item.target };
    });
    this.#out.push(`{${values.map(({ value, code }) => `const ${value}=${code};`).join('')}`);
    this.#frame(
      node.body,
      (names) => {
        for (const { target } of values) giveTargets(names, target);
      },
      () => {
        // One name may be given twice: the last one counts.
        const declared = new Set<string>();
        for (const { target } of values) walkTarget(target, { write: (name) => void declared.add(this.#assignable(name)) });
        if (declared.size > 0) this.#out.push(`let ${[...declared].join(',')};`);
        for (const { target, value } of values) this.#assign(target, value);
      },
    );
    this.#out.push('}');
  }
}

/** A parameter's default as a statement, for collecting its names. */
function defaultOf(parameter: Parameter): Statement[] {
  return parameter.value ? [{ type: 'do', value: parameter.value, start: 0, end: 0 }] : [];
}

function macroShape(name: string, parameters: readonly Parameter[], body: readonly Statement[]): MacroShape {
  const names = parameters.map((parameter) => parameter.name);
  const special = readsBeforeWrites(body, ['caller', 'kwargs', 'varargs']);
  const explicitCaller = names.includes('caller');
  const named = parameters.find((parameter) => parameter.name === 'caller');
  if (named !== undefined && special.has('caller') && named.value === undefined) {
    throw new MisplacedError("an argument named 'caller' needs a default", named);
  }
  return {
    name,
    parameters: names,
    caller: special.has('caller') && !explicitCaller,
    kwargs: special.has('kwargs') && !names.includes('kwargs'),
    varargs: special.has('varargs') && !names.includes('varargs'),
    explicitCaller: special.has('caller') && explicitCaller,
  };
}
