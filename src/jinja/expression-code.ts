import type { Arguments, BinaryOperator, Call, CompareOperator, Expression, Filter, Test } from './ast.ts';
import { type Program, quote } from './code.ts';
import type { Names } from './names.ts';
import { PyFloat, type Value } from './value.ts';

const COMPARE: Readonly<Record<CompareOperator, string>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'lt',
  le: 'le',
  gt: 'gt',
  ge: 'ge',
  in: 'contains',
  notin: '!contains',
};
const BINARY: Readonly<Record<BinaryOperator, string>> = {
  add: 'add',
  sub: 'sub',
  mul: 'mul',
  div: 'div',
  floordiv: 'floordiv',
  mod: 'mod',
  pow: 'pow',
};

/**
 * Code for expressions. In generated code `rt` is the render, `f` the frame (`f.p` its place, set just before whatever
 * can fail), `T` a variable that holds a value only from one step of an expression to the next.
 */
export class ExpressionCode {
  protected readonly program: Program;
  protected names: Names;
  /** Variables of a function that its expressions need. */
  protected temporaries: string[] = [];
  /** Parameters whose defaults are not in place yet. */
  protected readonly unready = new Set<string>();

  constructor(program: Program, names: Names) {
    this.program = program;
    this.names = names;
  }

  protected temporary(): string {
    const name = this.program.fresh('t');
    this.temporaries.push(name);
    return name;
  }

  /** Code that notes the place once `code`, the last operand, is evaluated. */
  #placed(place: { start: number; end: number }, code: string): string {
    const set = `f.p=${this.program.place(place.start, place.end)}`;
    return /^[\w"'.]*$/.test(code) ? `(${set},${code})` : `(T=${code},${set},T)`;
  }

  /** Code for a value. */
  protected value(node: Expression): string {
    switch (node.type) {
      case 'const':
        return this.#constant(node.value);
      case 'name':
        return this.variable(node.name);
      case 'list':
        return `[${node.items.map((item) => this.value(item)).join(',')}]`;
      case 'tuple':
        return `new PyTuple([${node.items.map((item) => this.value(item)).join(',')}])`;
      case 'dict': {
        if (node.items.length === 0) return 'new PyDict()';
        const items = node.items.map((item) => `[${this.value(item.key)},${this.value(item.value)}]`);
        return `new PyDict(${this.#placed(node, `[${items.join(',')}]`)})`;
      }
      case 'condition': {
        const otherwise = node.otherwise ? this.value(node.otherwise) : `rt.undef(void 0,${quote(NO_ELSE)})`;
        return `(${this.condition(node.test)}?${this.value(node.value)}:${otherwise})`;
      }
      case 'and':
        return `(truthy(T=${this.value(node.left)})?${this.value(node.right)}:T)`;
      case 'or':
        return `(truthy(T=${this.value(node.left)})?T:${this.value(node.right)})`;
      case 'not':
      case 'compare':
        return this.condition(node);
      case 'binary':
        return `${BINARY[node.operator]}(${this.value(node.left)},${this.#placed(node, this.value(node.right))})`;
      case 'unary':
        return `${node.operator}(${this.#placed(node, this.value(node.value))})`;
      case 'concat':
        return `(${node.items.map((item) => this.text(item)).join('+')})`;
      case 'attribute':
        return `rt.attr(${this.#placed(node, this.value(node.object))},${quote(node.name)})`;
      case 'item':
        return this.#item(node);
      case 'slice':
        return 'null';
      case 'call':
        return this.call(node);
      case 'filter':
        return this.filter(node, node.value ? this.value(node.value) : '""');
      case 'test':
        return this.#test(node);
    }
  }

  /** Code for a value as JavaScript's true or false. */
  protected condition(node: Expression): string {
    switch (node.type) {
      case 'const':
        if (typeof node.value === 'boolean' || node.value === null) return String(node.value === true);
        break;
      case 'not':
        return `!${this.condition(node.value)}`;
      case 'and':
        return `(${this.condition(node.left)}&&${this.condition(node.right)})`;
      case 'or':
        return `(${this.condition(node.left)}||${this.condition(node.right)})`;
      case 'compare':
        return this.#compare(node);
      case 'test':
        return INLINE_TESTS.has(node.name) && node.args.length === 0 ? this.#test(node) : `truthy(${this.#test(node)})`;
    }
    return `truthy(${this.value(node)})`;
  }

  /** Code for a value as text. */
  protected text(node: Expression): string {
    if (node.type === 'const' && typeof node.value === 'string') return quote(node.value);
    const code = this.value(node);
    return node.type === 'concat' ? code : `str(${code})`;
  }

  /** The variable that holds a name. */
  protected variable(name: string): string {
    const variable = this.names.find(name);
    if (variable === undefined) return this.program.hostName(name);
    return this.unready.has(variable) ? `(${variable}??${this.program.unset(name)})` : variable;
  }

  #constant(value: Value): string {
    if (typeof value === 'string') return quote(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (value instanceof PyFloat) return this.program.constant(`new PyFloat(${value.value})`);
    return String(value);
  }

  #compare(node: Expression & { type: 'compare' }): string {
    const [only] = node.rest;
    if (node.rest.length === 1)
      return this.#oneComparison(only!.operator, this.value(node.first), this.value(only!.value), node);
    let left = this.value(node.first);
    const parts = node.rest.map(({ operator, value }, index) => {
      let right = this.value(value);
      let next = right;
      if (index < node.rest.length - 1) {
        next = this.temporary();
        right = `(${next}=${right})`;
      }
      const part = this.#oneComparison(operator, left, right, node);
      left = next;
      return part;
    });
    return `(${parts.join('&&')})`;
  }

  #oneComparison(operator: CompareOperator, left: string, right: string, at: { start: number; end: number }): string {
    const isPlain = operator === 'eq' || operator === 'ne';
    return `${COMPARE[operator]}(${left},${isPlain ? right : this.#placed(at, right)})`;
  }

  #item(node: Expression & { type: 'item' }): string {
    const object = this.value(node.object);
    const { key } = node;
    if (key.type !== 'slice') return `rt.item(${object},${this.#placed(node, this.value(key))})`;
    const [from, to, step] = [key.from, key.to, key.step].map((part) => (part ? this.value(part) : 'null'));
    return `slice(${object},${from},${to},${this.#placed(node, step!)})`;
  }

  /** Code for a call; `caller` is code for what a call block passes. */
  protected call(node: Call, caller?: string): string {
    return this.#invoke(this.value(node.callee), [], node, node, caller);
  }
  /** Code for a filter on a value that there is code for. */
  protected filter(node: Filter, value: string): string {
    const find = this.program.mode.parts ? 'nativeFilter' : 'filter';
    return this.#invoke(this.program.constant(`${find}(${quote(node.name)})`), [value], node, node);
  }

  #invoke(
    callee: string,
    first: readonly string[],
    given: Arguments,
    at: { start: number; end: number },
    caller?: string,
  ): string {
    const list = `[${[...first, ...given.args.map((item) => this.value(item))].join(',')}]`;
    const args = given.star ? `spread(${list},${this.value(given.star)})` : list;
    const pairs = given.kwargs.map((item) => `${quote(item.name)},${this.value(item.value)}`);
    if (caller !== undefined) pairs.push(`"caller",${caller}`);
    let kwargs = 'null';
    if (given.starStar) kwargs = `named([${pairs.join(',')}],${this.value(given.starStar)})`;
    else if (pairs.length > 0) kwargs = `named([${pairs.join(',')}])`;
    const operands = `${callee},${args},${this.#placed(at, kwargs)}`;
    if (!this.program.mode.waits) return `rt.call(${operands})`;
    return `((T=rt.start(${operands}))===PENDING?(yield*rt.pending):T)`;
  }

  #test(node: Test): string {
    if (node.args.length === 0) {
      if (node.name === 'defined') return `!(${this.value(node.value)} instanceof Undefined)`;
      if (node.name === 'undefined') return `(${this.value(node.value)} instanceof Undefined)`;
      if (node.name === 'none') return `(${this.value(node.value)}===null)`;
    }
    return this.#invoke(this.program.constant(`test(${quote(node.name)})`), [this.value(node.value)], node, node);
  }
}

const NO_ELSE = "the condition of this 'if' was false and there is no 'else'";
/** Tests that are an operation of JavaScript's. */
const INLINE_TESTS: ReadonlySet<string> = new Set(['defined', 'undefined', 'none']);
