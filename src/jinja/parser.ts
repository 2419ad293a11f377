import type { Call, Expression, Filter, Macro, Name, Parameter, Statement, Target } from './ast.ts';
import { materializationName, testName } from './block-name.ts';
import { ExpressionParser } from './expressions.ts';
import { tokenize } from './lexer.ts';
import type { SourceText } from './source-text.ts';
import { describe } from './token-words.ts';

/** The header of a block of dbt's: what stands in its opening tag. */
export interface BlockHeader {
  /** Full name, such as `test_unique`. */
  readonly name: string;
  readonly plainName: string;
  readonly adapter: string | undefined;
  readonly supportedLanguages: readonly string[] | undefined;
  readonly parameters: readonly Parameter[];
}

/** Parses a whole template. Throws JinjaError. */
export function parse(source: SourceText): Statement[] {
  return new Parser(source, tokenize(source)).template();
}

/** Parses the header of a block from the text of its opening tag alone. */
export function parseHeader(source: SourceText): BlockHeader {
  return new Parser(source, tokenize(source)).header();
}

class Parser extends ExpressionParser {
  /** Opening tags not closed yet: what an unexpected end is blamed on. */
  readonly #open: {
    readonly tag: string;
    readonly start: number;
    readonly end: number;
    readonly closing: readonly string[];
  }[] = [];

  template(): Statement[] {
    const body = this.#body([]);
    if (this.token.kind !== 'eof') this.fail(`unexpected ${describe(this.token)}`);
    return body;
  }

  header(): BlockHeader {
    this.expect('block_begin');
    const tag = this.expect('name').text;
    const header = this.#header(tag);
    this.expect('block_end');
    return header;
  }

  /** Statements up to a tag named in `closing`, which is left as the current token, its `{%` taken. */
  #body(closing: readonly string[]): Statement[] {
    const body: Statement[] = [];
    for (;;) {
      const token = this.token;
      switch (token.kind) {
        case 'data':
          this.at += 1;
          body.push({ type: 'data', text: token.text, start: token.start, end: token.end });
          break;
        case 'variable_begin': {
          this.at += 1;
          const value = this.parseTuple();
          this.expect('variable_end');
          body.push({ type: 'output', value, start: token.start, end: this.lastEnd });
          break;
        }
        case 'block_begin':
          this.at += 1;
          if (this.token.kind === 'name' && closing.includes(this.token.text)) return body;
          body.push(...this.#statement(token.start));
          this.expect('block_end');
          break;
        case 'eof':
          if (closing.length === 0) return body;
          return this.#unclosed();
        default:
          return this.fail(`unexpected ${describe(token)}`);
      }
    }
  }

  #unclosed(): never {
    const open = this.#open.at(-1)!;
    return this.fail(`'{% ${open.tag} %}' is never closed: '{% ${open.closing.at(-1)} %}' is missing`, open);
  }

  /** The body of the tag just read, up to one of `closing`; returns which one ended it (taken). */
  #block(tag: string, start: number, closing: readonly string[]): { body: Statement[]; closedBy: string } {
    this.#open.push({ tag, start, end: this.lastEnd, closing });
    if (this.token.kind === 'eof') this.#unclosed();
    // As in Python, a colon may end the line.
    this.skip(':');
    this.expect('block_end');
    const body = this.#body(closing);
    this.#open.pop();
    return { body, closedBy: this.next().text };
  }

  #statement(start: number): Statement[] {
    const token = this.token;
    if (token.kind !== 'name') this.fail(`expected the name of a tag, found ${describe(token)}`);
    this.at += 1;
    const tag = token.text;
    switch (tag) {
      case 'if':
        return [this.#if(start)];
      case 'for':
        return [this.#for(start)];
      case 'set':
        return [this.#set(start)];
      case 'do': {
        const value = this.parseTuple();
        return [{ type: 'do', value, start, end: this.lastEnd }];
      }
      case 'macro':
      case 'materialization':
      case 'test':
      case 'data_test':
      case 'docs':
        return [this.#macro(tag, start)];
      case 'snapshot': {
        this.#header(tag);
        const { body } = this.#block(tag, start, ['endsnapshot']);
        return [{ type: 'scope', body, start, end: this.lastEnd }];
      }
      case 'call':
        return [this.#callBlock(start)];
      case 'filter': {
        const filter = this.#filterChain();
        const { body } = this.#block(tag, start, ['endfilter']);
        return [{ type: 'filter-block', filter, body, start, end: this.lastEnd }];
      }
      case 'with':
        return [this.#with(start)];
      case 'break':
      case 'continue':
        return [{ type: tag, start, end: token.end }];
      case 'print': {
        const items = this.parseTuple();
        return [{ type: 'output', value: items, start, end: this.lastEnd }];
      }
      case 'autoescape': {
        this.parseExpression();
        const { body } = this.#block(tag, start, ['endautoescape']);
        return [{ type: 'scope', body, start, end: this.lastEnd }];
      }
      case 'block':
        return [this.#templateBlock(start)];
      case 'include':
      case 'extends':
      case 'import':
      case 'from':
        return [this.#loaded(tag, start)];
      default:
        return this.#unknownTag(tag, token);
    }
  }

  #unknownTag(tag: string, at: { start: number; end: number }): never {
    const open = this.#open.at(-1);
    const wanted =
      open === undefined ? '' : `; the innermost open tag is '${open.tag}', which '${open.closing.at(-1)}' closes`;
    return this.fail(`unknown tag '${tag}'${wanted}`, at);
  }

  #if(start: number): Statement {
    const branches: { test: Expression; body: Statement[] }[] = [];
    let otherwise: Statement[] = [];
    for (;;) {
      const test = this.parseTuple(false);
      const { body, closedBy } = this.#block('if', start, ['elif', 'else', 'endif']);
      branches.push({ test, body });
      if (closedBy === 'elif') continue;
      if (closedBy === 'else') otherwise = this.#block('if', start, ['endif']).body;
      return { type: 'if', branches, otherwise, start, end: this.lastEnd };
    }
  }

  #for(start: number): Statement {
    const target = this.#target(false, 'in');
    if (!this.skipName('in')) this.fail(`expected 'in', found ${describe(this.token)}`);
    const iterable = this.parseTuple(false, 'recursive');
    const test = this.skipName('if') ? this.parseExpression() : undefined;
    const recursive = this.skipName('recursive');
    const { body, closedBy } = this.#block('for', start, ['else', 'endfor']);
    const otherwise = closedBy === 'else' ? this.#block('for', start, ['endfor']).body : [];
    return { type: 'for', target, iterable, test, recursive, body, otherwise, start, end: this.lastEnd };
  }

  #set(start: number): Statement {
    const target = this.#target(true);
    if (this.skip('=')) {
      const value = this.parseTuple();
      return { type: 'assign', target, value, start, end: this.lastEnd };
    }
    const filter = this.skip('|') ? this.#filterChain() : undefined;
    const { body } = this.#block('set', start, ['endset']);
    return { type: 'assign-block', target, filter, body, start, end: this.lastEnd };
  }

  /** Filters on the text of a block: `upper | trim`. */
  #filterChain(): Filter {
    let filter = this.parseFilter(undefined);
    while (this.skip('|')) filter = this.parseFilter(filter);
    return filter;
  }

  #with(start: number): Statement {
    const assignments: { target: Target; value: Expression }[] = [];
    while (this.token.kind !== 'block_end') {
      if (assignments.length > 0) this.expect(',');
      const target = this.#oneTarget(false);
      this.expect('=');
      assignments.push({ target, value: this.parseExpression() });
    }
    const { body } = this.#block('with', start, ['endwith']);
    return { type: 'with', assignments, body, start, end: this.lastEnd };
  }

  #callBlock(start: number): Statement {
    const parameters = this.token.kind === '(' ? this.#signature() : [];
    const call = this.parseExpression();
    if (call.type !== 'call') this.fail("'call' needs a call, such as '{% call name() %}'", call);
    const { body } = this.#block('call', start, ['endcall']);
    return { type: 'call-block', call: call as Call, parameters, body, start, end: this.lastEnd };
  }

  #macro(tag: string, start: number): Macro {
    const { name, parameters } = this.#header(tag);
    const { body } = this.#block(tag, start, tag === 'data_test' ? ['endtest', 'enddata_test'] : [`end${tag}`]);
    return { type: 'macro', name, parameters, body, start, end: this.lastEnd };
  }

  /** What follows the tag's name, for each block tag of dbt's and `macro`. */
  #header(tag: string): BlockHeader {
    const plainName = this.#name().name;
    const plain = { name: plainName, plainName, adapter: undefined, supportedLanguages: undefined };
    switch (tag) {
      case 'macro':
        return { ...plain, parameters: this.#signature() };
      case 'test':
      case 'data_test':
        return { ...plain, name: testName(plainName), parameters: this.#signature() };
      case 'materialization':
        return this.#materialization(plainName);
      default:
        return { ...plain, parameters: [] };
    }
  }

  #materialization(plainName: string): BlockHeader {
    let adapter = 'default';
    let supportedLanguages: string[] = ['sql'];
    while (this.skip(',')) {
      const option = this.#name();
      if (option.name === 'default') adapter = 'default';
      else if (option.name === 'adapter') {
        this.expect('=');
        const value = this.parseExpression();
        if (value.type !== 'const' || typeof value.value !== 'string') this.fail('the adapter must be a string', value);
        adapter = (value as { value: string }).value;
      } else if (option.name === 'supported_languages') {
        this.expect('=');
        const value = this.parseExpression();
        if (value.type !== 'list' && value.type !== 'tuple') this.fail('supported_languages must be a list', value);
        supportedLanguages = (value as { items: readonly Expression[] }).items.map((item) =>
          item.type === 'const' && typeof item.value === 'string' ? item.value : this.fail('expected a string', item),
        );
      } else this.fail(`a materialization has no '${option.name}'`, option);
    }
    return { name: materializationName(plainName, adapter), plainName, adapter, supportedLanguages, parameters: [] };
  }

  #signature(): Parameter[] {
    this.expect('(');
    const parameters: Parameter[] = [];
    while (this.token.kind !== ')') {
      if (parameters.length > 0) this.expect(',');
      const name = this.#name();
      const annotation = this.skip(':') ? this.#annotation() : undefined;
      let value: Expression | undefined;
      if (this.skip('=')) value = this.parseExpression();
      else if (parameters.at(-1)?.value !== undefined) {
        this.fail(`'${name.name}' needs a default, as the argument before it has one`, name);
      }
      if (parameters.some((other) => other.name === name.name)) {
        this.fail(`the argument '${name.name}' is named twice`, name);
      }
      parameters.push({ name: name.name, annotation, value, start: name.start, end: this.lastEnd });
    }
    this.expect(')');
    return parameters;
  }

  /** A type such as `Optional[dict[str, int]]`: kept as written, as nothing is checked against it. */
  #annotation(): string {
    const start = this.token.start;
    this.#type();
    return this.source.text.slice(start, this.lastEnd);
  }
  #type(): void {
    this.expect('name');
    while (this.skip('.')) this.expect('name');
    if (!this.skip('[')) return;
    this.#type();
    while (this.skip(',')) this.#type();
    this.expect(']');
  }

  /** `block` without inheritance stands for its body. */
  #templateBlock(start: number): Statement {
    this.#name();
    while (this.skipName('scoped') || this.skipName('required'));
    const { body } = this.#block('block', start, ['endblock']);
    if (this.token.kind === 'name') this.at += 1;
    return { type: 'scope', body, start, end: this.lastEnd };
  }

  #loaded(tag: string, start: number): Statement {
    const names: string[] = [];
    this.parseExpression();
    if (tag === 'include' && this.skipName('ignore') && !this.skipName('missing')) this.fail("expected 'missing'");
    if (tag === 'import') {
      if (!this.skipName('as')) this.fail(`expected 'as', found ${describe(this.token)}`);
      names.push(this.#name().name);
    } else if (tag === 'from') {
      if (!this.skipName('import')) this.fail(`expected 'import', found ${describe(this.token)}`);
      do {
        if (this.token.kind === 'block_end' || this.isName('with') || this.isName('without')) break;
        const { name } = this.#name();
        names.push(this.skipName('as') ? this.#name().name : name);
      } while (this.skip(','));
    }
    if (this.skipName('with') || this.skipName('without')) this.skipName('context');
    return { type: 'unsupported', tag, names, start, end: this.lastEnd };
  }

  #name(): Name {
    const token = this.expect('name');
    return { type: 'name', name: token.text, start: token.start, end: token.end };
  }

  #target(withNamespace: boolean, stopName?: string): Target {
    const parsed = this.parseTargets(() => this.#targetExpression(withNamespace), stopName);
    return this.#asTarget(parsed);
  }

  #oneTarget(withNamespace: boolean): Target {
    return this.#asTarget(this.parseTargets(() => this.#targetExpression(withNamespace)));
  }

  /** One target as an expression; `ns.x` comes as an attribute of a name. */
  #targetExpression(withNamespace: boolean): Expression {
    if (withNamespace && this.token.kind === 'name' && this.tokens[this.at + 1]?.kind === '.') {
      const object = this.#name();
      this.at += 1;
      const name = this.expect('name');
      return { type: 'attribute', object, name: name.text, start: object.start, end: name.end };
    }
    return this.parsePrimary();
  }

  #asTarget(expression: Expression): Target {
    const { start, end } = expression;
    if (expression.type === 'name') return expression;
    if (expression.type === 'attribute' && expression.object.type === 'name') {
      return { type: 'namespace', name: expression.object.name, attribute: expression.name, start, end };
    }
    if (expression.type === 'tuple') {
      return { type: 'targets', items: expression.items.map((item) => this.#asTarget(item)), start, end };
    }
    return this.fail('only names can be assigned to', expression);
  }
}
