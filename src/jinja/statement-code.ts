import type { AssignBlock, CallBlock, Expression, For, Macro, Parameter, Statement, With } from './ast.ts';
import { type Mode, Program, quote } from './code.ts';
import { FrameCode } from './frame-code.ts';
import { collectNames, giveTargets } from './frame-names.ts';
import type { MacroShape } from './macro.ts';
import { MisplacedError } from './misplaced-error.ts';
import { NameNumbers, Names } from './names.ts';
import { readsBeforeWrites, walkTarget } from './walk.ts';

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

class StatementCode extends FrameCode {
  #macroDepth = 0;

  template(body: readonly Statement[]): string {
    this.buffer = { ...this.buffer, parts: this.program.mode.parts };
    const code = this.functionBody(() => {
      collectNames(this.names, body);
      this.enterFrame();
      this.statements(body);
    });
    return this.#program('', `(rt,f,L){${this.program.prelude()}${code}}`);
  }

  standaloneMacro(macro: Macro): string {
    const shape = macroShape(macro.name, macro.parameters, macro.body);
    const code = this.#macroBody(macro.parameters, macro.body, shape);
    return this.#program(`macro:${JSON.stringify(shape)},`, `(rt,f,A,L){${this.program.prelude()}${code}}`);
  }

  #program(extra: string, rest: string): string {
    return `${this.program.constants()}return{places:[${this.program.places.join(',')}],${extra}run:(${this.functionKeyword}${rest})}`;
  }

  protected statements(body: readonly Statement[]): void {
    for (const node of body) this.#statement(node);
  }

  #statement(node: Statement): void {
    switch (node.type) {
      case 'data':
        this.emit(quote(node.text), this.program.place(node.start, -1 - node.end));
        return;
      case 'output':
        this.#output(node.value);
        return;
      case 'if':
        this.#if(node);
        return;
      case 'for':
        this.#for(node);
        return;
      case 'assign':
        this.assign(node.target, `rt.assigned(${this.value(node.value)})`);
        return;
      case 'assign-block':
        this.#assignBlock(node);
        return;
      case 'macro':
        this.#macro(node);
        return;
      case 'call-block':
        this.#callBlock(node);
        return;
      case 'filter-block': {
        const text = this.captured(node.body);
        this.emit(
          `str(${this.#filtered(node.filter, text.text)})`,
          this.program.place(node.filter.start, node.filter.end),
        );
        return;
      }
      case 'with':
        this.#with(node);
        return;
      case 'scope':
        this.frame(node.body);
        return;
      case 'do':
        this.out.push(`${this.value(node.value)};`);
        return;
      case 'break':
      case 'continue':
        if (this.loops === 0) throw new MisplacedError(`'${node.type}' stands outside of any loop`, node);
        this.out.push(`${node.type};`);
        return;
      case 'unsupported':
        this.out.push(`f.p=${this.program.place(node.start, node.end)};rt.refuse(${quote(node.tag)});`);
        return;
    }
  }

  #output(node: Expression): void {
    const place = this.program.place(node.start, node.end);
    if (this.buffer.parts) {
      this.emit(this.value(node), place);
      return;
    }
    if (node.type === 'call') {
      this.emit(`rt.text(${this.value(node)},${this.buffer.trace})`, place);
      return;
    }
    if (node.type === 'name') {
      this.emit(`rt.kept(${this.value(node)},${this.buffer.trace})`, place);
      return;
    }
    this.emit(this.text(node), place);
  }

  #if(node: Statement & { type: 'if' }): void {
    node.branches.forEach((branch, index) => {
      this.out.push(`${index > 0 ? 'else ' : ''}if(${this.condition(branch.test)}){`);
      this.statements(branch.body);
      this.out.push('}');
    });
    if (node.otherwise.length === 0) return;
    this.out.push('else{');
    this.statements(node.otherwise);
    this.out.push('}');
  }

  #for(node: For): void {
    const usesLoop =
      node.recursive ||
      // An inner loop has a `loop` of its own.
      readsBeforeWrites(node.body, ['loop'], (inner) => inner.type === 'for').has('loop');
    walkTarget(node.target, {
      write: (name) => {
        if (usesLoop && name === 'loop')
          throw new MisplacedError("'loop' cannot be assigned to by its own loop", node.target);
      },
    });
    const iterable = `(T=${this.value(node.iterable)},f.p=${this.program.place(node.iterable.start, node.iterable.end)},T)`;
    if (node.recursive) {
      this.#recursiveFor(node, iterable);
      return;
    }
    this.out.push('{');
    this.#forBody(node, iterable, usesLoop, '0', '');
    this.out.push('}');
  }

  /** A recursive loop is a function that `loop(…)` calls again. */
  #recursiveFor(node: For, iterable: string): void {
    const run = this.program.fresh('r');
    const outerBuffer = this.buffer;
    const buffer = this.newBuffer();
    const { temporaries } = this;
    const loops = this.loops;
    const out = this.out;
    this.temporaries = [];
    this.out = [];
    this.loops = 0;
    this.buffer = buffer;
    this.#forBody(node, 'I', true, 'D', this.program.mode.waits ? `void 0,${run}` : run);
    const locals = ['T', ...this.temporaries].join(',');
    const body = this.out.join('');
    this.temporaries = temporaries;
    this.out = out;
    this.loops = loops;
    this.buffer = outerBuffer;
    const finish = `rt.finished(${buffer.text},${buffer.trace});return ${buffer.text}`;
    this.out.push(`const ${run}=${this.functionKeyword}(I,D){let ${locals};${this.declare(buffer)}${body}${finish}};`);
    const call = this.program.mode.waits ? `(yield*${run}(${iterable},0))` : `${run}(${iterable},0)`;
    const { trace } = this.buffer;
    this.emit(this.buffer.parts ? call : `rt.text(${call},${trace})`, this.program.place(node.start, node.end));
  }

  #forBody(node: For, iterable: string, usesLoop: boolean, depth: string, recursion: string): void {
    const ran = node.otherwise.length > 0 ? this.program.fresh('n') : undefined;
    if (ran) this.out.push(`let ${ran}=false;`);
    const item = this.program.fresh('x');
    const loop = this.program.fresh('l');
    this.loops += 1;
    if (usesLoop) {
      let items = `rt.items(${iterable})`;
      if (node.test) {
        const kept = this.program.fresh('k');
        this.out.push(`const ${kept}=[];for(const ${item} of iterate(${iterable})){${this.#turn}`);
        this.#test(node, item);
        this.out.push(`${kept}.push(${item});}`);
        items = kept;
      }
      this.out.push(
        `const ${loop}=new Loop(${items},${depth}${recursion && `,${recursion}`});while(${loop}.next()){${this.#turn}`,
      );
    } else {
      this.out.push(`for(const ${item} of iterate(${iterable})){${this.#turn}`);
      if (node.test) this.#test(node, item);
    }
    this.frame(
      node.body,
      (names) => {
        if (usesLoop) names.given('loop');
        giveTargets(names, node.target);
      },
      () => {
        if (usesLoop) this.out.push(`let ${this.assignable('loop')}=${loop};`);
        this.assignGiven(node.target, usesLoop ? `${loop}.current` : item);
      },
    );
    // As in Jinja a body left early, by break or continue, does not count as having run.
    this.out.push(ran ? `${ran}=true;}` : '}');
    this.loops -= 1;
    if (ran) {
      this.out.push(`if(!${ran})`);
      this.frame(node.otherwise);
    }
  }

  /** Begins each round of a loop: a render that waits lets others have a turn where it goes on for long. */
  get #turn(): string {
    return this.program.mode.waits ? 'if(rt.tired())yield rt.pause;' : '';
  }

  /** Goes on to the next item where the loop's condition does not hold. */
  #test(node: For, item: string): void {
    const outer = this.names;
    this.names = outer.inner();
    giveTargets(this.names, node.target);
    collectNames(this.names, [{ type: 'do', value: node.test!, start: 0, end: 0 }]);
    this.out.push('{');
    this.enterFrame();
    this.assignGiven(node.target, item);
    this.out.push(`if(!${this.condition(node.test!)})continue;}`);
    this.names = outer;
  }

  /** A chain of filters on the text of a block. */
  #filtered(filter: Expression & { type: 'filter' }, text: string): string {
    const inner = filter.value?.type === 'filter' ? this.#filtered(filter.value, text) : text;
    return this.filter(filter, inner);
  }

  #assignBlock(node: AssignBlock): void {
    const { text, trace } = this.captured(node.body);
    this.assign(node.target, node.filter ? this.#filtered(node.filter, text) : `rt.keep(${text},${trace})`);
  }

  #macro(node: Macro): void {
    const shape = macroShape(node.name, node.parameters, node.body);
    const macro = this.#macroFunction('macro', shape, node.parameters, node.body);
    this.out.push(`${this.assignable(node.name)}=${macro};`);
  }

  #macroFunction(
    kind: 'macro' | 'block',
    shape: MacroShape,
    parameters: readonly Parameter[],
    body: readonly Statement[],
  ): string {
    const constant = this.program.constant(JSON.stringify(shape));
    const code = this.#macroBody(parameters, body, shape);
    const returns = kind === 'macro' && this.#macroDepth === 0;
    return `innerMacro(f,${constant},${this.functionKeyword}(rt,f,A){${code}},${returns},${kind === 'block'})`;
  }

  #macroBody(parameters: readonly Parameter[], body: readonly Statement[], shape: MacroShape): string {
    const outer = this.names;
    const outerBuffer = this.buffer;
    this.buffer = { text: 'o', trace: 'm', points: 'p', parts: false };
    this.names = outer.inner();
    const { names } = this;
    this.#macroDepth += 1;
    const code = this.functionBody(() => {
      const variables = parameters.map((parameter) => names.given(parameter.name));
      const given = [...variables];
      for (const name of ['caller', 'kwargs', 'varargs'] as const) {
        if (shape[name] && !(name === 'caller' && shape.explicitCaller)) given.push(names.given(name));
      }
      collectNames(names, [...parameters.flatMap(defaultOf), ...body]);
      if (given.length > 0)
        this.out.push(`let ${given.map((variable, index) => `${variable}=A[${index}]`).join(',')};`);
      this.enterFrame();
      for (const variable of variables) this.unready.add(variable);
      parameters.forEach((parameter, index) => {
        const value = parameter.value
          ? this.value(parameter.value)
          : `rt.undef(${quote(parameter.name)},${quote(`the argument '${parameter.name}' was not given`)})`;
        this.out.push(`if(${variables[index]}===void 0)${variables[index]}=${value};`);
        this.unready.delete(variables[index]!);
      });
      this.statements(body);
    });
    this.#macroDepth -= 1;
    this.names = outer;
    this.buffer = outerBuffer;
    return code;
  }

  #callBlock(node: CallBlock): void {
    const shape = macroShape('caller', node.parameters, node.body);
    const block = this.#macroFunction('block', shape, node.parameters, node.body);
    const call = this.call(node.call, block);
    const place = this.program.place(node.call.start, node.call.end);
    this.emit(this.buffer.parts ? call : `rt.called(${call},${this.buffer.trace})`, place);
  }

  #with(node: With): void {
    const values = node.assignments.map((item) => {
      const value = this.program.fresh('w');
      return { value, code: this.value(item.value), target: item.target };
    });
    this.out.push(`{${values.map(({ value, code }) => `const ${value}=${code};`).join('')}`);
    this.frame(
      node.body,
      (names) => {
        for (const { target } of values) giveTargets(names, target);
      },
      () => {
        // One name may be given twice: the last one counts.
        const declared = new Set<string>();
        for (const { target } of values)
          walkTarget(target, { write: (name) => void declared.add(this.assignable(name)) });
        if (declared.size > 0) this.out.push(`let ${[...declared].join(',')};`);
        for (const { target, value } of values) this.assign(target, value);
      },
    );
    this.out.push('}');
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
