import type { Arguments, BinaryOperator, CompareOperator, Expression, Tuple } from './ast.ts';
import { parseFloatText, parseIntegerText } from './literals.ts';
import { TokenCursor } from './token-cursor.ts';
import { describe } from './token-words.ts';

const COMPARISONS: Readonly<Record<string, CompareOperator>> = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};
const PRODUCTS: Readonly<Record<string, BinaryOperator>> = { '*': 'mul', '/': 'div', '//': 'floordiv', '%': 'mod' };
const CONSTANTS: ReadonlyMap<string, null | boolean> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);
/** Kinds of token that can begin the argument of a test written without parentheses. */
const TEST_ARGUMENT = new Set(['name', 'string', 'integer', 'float', '(', '[', '{']);
const NO_ARGUMENTS: Arguments = { args: [], kwargs: [], star: undefined, starStar: undefined };
/** Nesting beyond which an expression is refused rather than exhausting the stack. */
const MAX_DEPTH = 400;

/** The expression grammar: recursive descent in the order of Jinja's precedences, weakest first. */
export class ExpressionParser extends TokenCursor {
  #depth = 0;

  /** An expression or, where commas follow, a tuple without parentheses. */
  protected parseTuple(withCondition = true, stopName?: string): Expression {
    return this.#tuple(() => (withCondition ? this.parseExpression() : this.#or()), false, stopName);
  }

  #tuple(parse: () => Expression, parenthesised: boolean, stopName?: string): Expression {
    const start = this.token.start;
    const items: Expression[] = [];
    let isTuple = false;
    for (;;) {
      if (items.length > 0) this.expect(',');
      const kind = this.token.kind;
      if (kind === 'variable_end' || kind === 'block_end' || kind === ')') break;
      if (stopName !== undefined && this.isName(stopName)) break;
      items.push(parse());
      if (this.token.kind !== ',') break;
      isTuple = true;
    }
    if (!isTuple) {
      if (items.length > 0) return items[0]!;
      if (!parenthesised) this.fail(`expected an expression, found ${describe(this.token)}`);
    }
    return { type: 'tuple', items, start, end: this.lastEnd };
  }

  protected parseExpression(): Expression {
    if (++this.#depth > MAX_DEPTH) this.fail('this expression is nested too deeply');
    const start = this.token.start;
    let expression = this.#or();
    while (this.skipName('if')) {
      const test = this.#or();
      const otherwise = this.skipName('else') ? this.parseExpression() : undefined;
      expression = { type: 'condition', test, value: expression, otherwise, start, end: this.lastEnd };
    }
    this.#depth -= 1;
    return expression;
  }

  #or(): Expression {
    let left = this.#and();
    while (this.skipName('or')) {
      const right = this.#and();
      left = { type: 'or', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    while (this.skipName('and')) {
      const right = this.#not();
      left = { type: 'and', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  #not(): Expression {
    const start = this.token.start;
    if (!this.skipName('not')) return this.#compare();
    if (++this.#depth > MAX_DEPTH) this.fail('this expression is nested too deeply');
    const value = this.#not();
    this.#depth -= 1;
    return { type: 'not', value, start, end: value.end };
  }

  #compare(): Expression {
    const first = this.#sum();
    const rest: { operator: CompareOperator; value: Expression }[] = [];
    for (;;) {
      const token = this.token;
      const operator = COMPARISONS[token.kind];
      if (operator !== undefined) {
        this.at += 1;
        rest.push({ operator, value: this.#sum() });
      } else if (token.kind !== 'name') break;
      else if (token.text === 'in') {
        this.at += 1;
        rest.push({ operator: 'in', value: this.#sum() });
      } else if (
        token.text === 'not' &&
        this.tokens[this.at + 1]?.kind === 'name' &&
        this.tokens[this.at + 1]!.text === 'in'
      ) {
        this.at += 2;
        rest.push({ operator: 'notin', value: this.#sum() });
      } else break;
    }
    if (rest.length === 0) return first;
    return { type: 'compare', first, rest, start: first.start, end: this.lastEnd };
  }

  #sum(): Expression {
    let left = this.#concat();
    for (let kind = this.token.kind; kind === '+' || kind === '-'; kind = this.token.kind) {
      this.at += 1;
      const right = this.#concat();
      left = { type: 'binary', operator: kind === '+' ? 'add' : 'sub', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  #concat(): Expression {
    const first = this.#product();
    if (this.token.kind !== '~') return first;
    const items = [first];
    while (this.skip('~')) items.push(this.#product());
    return { type: 'concat', items, start: first.start, end: this.lastEnd };
  }

  #product(): Expression {
    let left = this.#power();
    for (let operator = PRODUCTS[this.token.kind]; operator !== undefined; operator = PRODUCTS[this.token.kind]) {
      this.at += 1;
      const right = this.#power();
      left = { type: 'binary', operator, left, right, start: left.start, end: right.end };
    }
    return left;
  }

  /** Unlike Python's, Jinja's power groups from the left and binds weaker than a sign. */
  #power(): Expression {
    let left = this.#unary(true);
    while (this.skip('**')) {
      const right = this.#unary(true);
      left = { type: 'binary', operator: 'pow', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  #unary(withFilter: boolean): Expression {
    const token = this.token;
    let node: Expression;
    if (token.kind === '-' || token.kind === '+') {
      this.at += 1;
      if (++this.#depth > MAX_DEPTH) this.fail('this expression is nested too deeply');
      const value = this.#unary(false);
      this.#depth -= 1;
      node = { type: 'unary', operator: token.kind === '-' ? 'neg' : 'pos', value, start: token.start, end: value.end };
    } else node = this.parsePrimary();
    node = this.#postfix(node);
    return withFilter ? this.#filters(node) : node;
  }

  /** A literal, a name, or something in brackets. */
  protected parsePrimary(): Expression {
    const token = this.next();
    const { start, end } = token;
    switch (token.kind) {
      case 'name': {
        const constant = CONSTANTS.get(token.text);
        if (constant !== undefined) return { type: 'const', value: constant, start, end };
        return { type: 'name', name: token.text, start, end };
      }
      case 'string': {
        let text = token.text;
        while (this.token.kind === 'string') text += this.next().text;
        return { type: 'const', value: text, start, end: this.lastEnd };
      }
      case 'integer':
        return { type: 'const', value: parseIntegerText(token.text), start, end };
      case 'float':
        return { type: 'const', value: parseFloatText(token.text), start, end };
      case '(': {
        const inner = this.#tuple(() => this.parseExpression(), true);
        this.expect(')');
        return { ...inner, start, end: this.lastEnd };
      }
      case '[': {
        const items = this.#list(']', () => this.parseExpression());
        return { type: 'list', items, start, end: this.lastEnd };
      }
      case '{': {
        const items = this.#list('}', () => {
          const key = this.parseExpression();
          this.expect(':');
          return { key, value: this.parseExpression() };
        });
        return { type: 'dict', items, start, end: this.lastEnd };
      }
      default:
        return this.fail(`expected an expression, found ${describe(token)}`, token);
    }
  }

  #list<T>(close: string, parse: () => T): T[] {
    const items: T[] = [];
    while (this.token.kind !== close) {
      if (items.length > 0) {
        this.expect(',');
        if (this.token.kind === close) break;
      }
      items.push(parse());
    }
    this.expect(close);
    return items;
  }

  #postfix(start: Expression): Expression {
    let node = start;
    for (;;) {
      const kind = this.token.kind;
      if (kind === '.') node = this.#attribute(node);
      else if (kind === '[') node = this.#subscript(node);
      else if (kind === '(') node = this.#call(node);
      else return node;
    }
  }

  #filters(start: Expression): Expression {
    let node = start;
    for (;;) {
      const token = this.token;
      if (token.kind === '|') {
        this.at += 1;
        node = this.parseFilter(node);
      } else if (token.kind === '(') node = this.#call(node);
      else if (token.kind === 'name' && token.text === 'is') node = this.#test(node);
      else return node;
    }
  }

  #attribute(object: Expression): Expression {
    this.at += 1;
    const token = this.next();
    const end = token.end;
    if (token.kind === 'name') return { type: 'attribute', object, name: token.text, start: object.start, end };
    if (token.kind !== 'integer') this.fail(`expected a name after '.', found ${describe(token)}`, token);
    const key: Expression = { type: 'const', value: parseIntegerText(token.text), start: token.start, end };
    return { type: 'item', object, key, start: object.start, end };
  }

  #subscript(object: Expression): Expression {
    const open = this.next();
    const keys: Expression[] = [];
    while (this.token.kind !== ']') {
      if (keys.length > 0) this.expect(',');
      keys.push(this.#key());
    }
    this.expect(']');
    const end = this.lastEnd;
    const key: Expression = keys.length === 1 ? keys[0]! : { type: 'tuple', items: keys, start: open.start, end };
    return { type: 'item', object, key, start: object.start, end };
  }

  #key(): Expression {
    const start = this.token.start;
    const parts: (Expression | undefined)[] = [undefined];
    for (;;) {
      const kind = this.token.kind;
      if (kind === ':' && parts.length < 3) {
        this.at += 1;
        parts.push(undefined);
      } else if (kind === ']' || kind === ',' || parts.at(-1) !== undefined) break;
      else parts[parts.length - 1] = this.parseExpression();
    }
    const [from, to, step] = parts;
    if (parts.length > 1) return { type: 'slice', from, to, step, start, end: this.lastEnd };
    return from ?? this.fail(`expected an expression, found ${describe(this.token)}`);
  }

  #call(callee: Expression): Expression {
    return { type: 'call', callee, ...this.parseArguments(), start: callee.start, end: this.lastEnd };
  }

  protected parseArguments(): Arguments {
    this.expect('(');
    const args: Expression[] = [];
    const kwargs: { name: string; value: Expression }[] = [];
    let star: Expression | undefined;
    let starStar: Expression | undefined;
    for (let first = true; this.token.kind !== ')'; first = false) {
      if (!first) {
        this.expect(',');
        if (this.token.kind === ')') break;
      }
      const token = this.token;
      if (token.kind === '*') {
        if (star || starStar) this.fail("only one '*' argument, and before '**', can be in a call");
        this.at += 1;
        star = this.parseExpression();
      } else if (token.kind === '**') {
        if (starStar) this.fail("only one '**' argument can be in a call");
        this.at += 1;
        starStar = this.parseExpression();
      } else if (token.kind === 'name' && this.tokens[this.at + 1]?.kind === '=') {
        if (starStar) this.fail("a named argument cannot follow '**'");
        this.at += 2;
        kwargs.push({ name: token.text, value: this.parseExpression() });
      } else {
        if (star || starStar || kwargs.length > 0) this.fail('a positional argument cannot follow named ones');
        args.push(this.parseExpression());
      }
    }
    this.expect(')');
    return { args, kwargs, star, starStar };
  }

  #dottedName(): string {
    let name = this.expect('name').text;
    while (this.skip('.')) name += `.${this.expect('name').text}`;
    return name;
  }

  /** The filter after its `|`, and all that follow. `value` is undefined for the text of a block. */
  protected parseFilter(value: Expression | undefined): Expression & { type: 'filter' } {
    const begin = this.token.start;
    const name = this.#dottedName();
    const given = this.token.kind === '(' ? this.parseArguments() : NO_ARGUMENTS;
    return { type: 'filter', name, value, ...given, start: value?.start ?? begin, end: this.lastEnd };
  }

  #test(value: Expression): Expression {
    this.at += 1;
    const negated = this.skipName('not');
    const name = this.#dottedName();
    let given = NO_ARGUMENTS;
    const token = this.token;
    if (token.kind === '(') given = this.parseArguments();
    else if (TEST_ARGUMENT.has(token.kind) && !this.isName('else') && !this.isName('or') && !this.isName('and')) {
      if (this.isName('is')) this.fail("two tests cannot follow one another: combine them with 'and'");
      given = { ...NO_ARGUMENTS, args: [this.#postfix(this.parsePrimary())] };
    }
    const at = { start: value.start, end: this.lastEnd };
    const test: Expression = { type: 'test', name, value, ...given, ...at };
    return negated ? { type: 'not', value: test, ...at } : test;
  }

  /** Items of a tuple of targets, parsed by `parse`. */
  protected parseTargets<T extends Expression>(parse: () => T, stopName?: string): T | Tuple {
    return this.#tuple(parse, false, stopName) as T | Tuple;
  }
}
