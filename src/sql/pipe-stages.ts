import type { PipeReader } from './pipe-syntax.ts';
import { type CodePoints, type Data, dataOf, identifierAt, kindOf, type Node, nodeAt, nodesAt } from './syntax.ts';

/** A word of the SQL, as the parser's lexer hands it out. */
export interface Token {
  readonly token_type: string;
  readonly text: string;
  readonly span: CodePoints;
}

/** A stretch of the SQL as words: those inside of brackets are left out. */
export interface Stretch {
  readonly words: readonly Token[];
  readonly end: number;
}

/** What makes a text no SQL in pipe syntax. */
export class Unreadable extends Error {
  readonly span: CodePoints | undefined;

  constructor(reason: string, span: CodePoints | undefined) {
    super(reason);
    this.span = span;
  }
}

/** A word in small letters. */
export const wordOf = (token: Token | undefined): string => token?.text.toLowerCase() ?? '';

/** What a stage calls its input. */
export const INPUT = '|>';
const FROM_INPUT = `from \`${INPUT}\``;

/**
 * One step of a query with pipes: the sources that it begins with or joins, a query over its input, a name for the input, or
 * something that is not understood. `keepsNames` where tables that were named before can be named after it.
 */
export type Stage =
  | { readonly step: 'sources'; readonly query: Node }
  | { readonly step: 'query'; readonly query: Node; readonly keepsNames: boolean }
  | { readonly step: 'name'; readonly name: string }
  | { readonly step: 'unknown'; readonly operator: string };

const JOINS = new Set(['join', 'inner', 'left', 'right', 'full', 'cross', 'natural']);
const SET_OPERATIONS = new Set(['union', 'intersect', 'except']);

/** Reads what stands between two pipes as a query over `|>`. */
export class Stages {
  readonly #reader: PipeReader;

  constructor(reader: PipeReader) {
    this.#reader = reader;
  }

  read(stage: Stretch): Stage {
    const { words, end } = stage;
    const [first] = words;
    if (!first) throw new Unreadable('there is nothing after |>', { start: Math.max(0, end - 1), end });
    const whole = { start: first.span.start, end };
    const body = { start: first.span.end, end };
    const query = (node: Node, keepsNames: boolean): Stage => ({ step: 'query', query: node, keepsNames });
    if (words.some((word) => SET_OPERATIONS.has(wordOf(word)))) return query(this.#setOperation(stage), false);
    const operator = wordOf(first);
    if (JOINS.has(operator)) return { step: 'sources', query: this.#one(`select * ${FROM_INPUT} `, whole) };
    switch (operator) {
      case 'select':
        return query(this.#one('', whole, FROM_INPUT), false);
      case 'extend':
      case 'window':
        return query(this.#one('select *, ', body, FROM_INPUT), true);
      case 'where':
      case 'order':
      case 'limit':
      case 'tablesample':
        return query(this.#one(`select * ${FROM_INPUT} `, whole), true);
      case 'pivot':
      case 'unpivot':
      case 'match_recognize':
        return query(this.#one(`select * ${FROM_INPUT} `, whole), false);
      case 'distinct':
      case 'assert':
        return query(this.#star({}), true);
      case 'as':
        return { step: 'name', name: words[1]?.text ?? '' };
      case 'aggregate':
        return query(this.#aggregate(stage), false);
      case 'set':
        return query(this.#star({ replace: this.#assignments(body) }), true);
      case 'drop':
        return query(this.#star({ except: this.#list(body).map((node) => identifierAt(dataOf(node), 'name')) }), true);
      case 'rename':
        return query(this.#star({ rename: this.#list(body).map(renaming) }), true);
      default:
        return { step: 'unknown', operator: first.text.toUpperCase() };
    }
  }

  #one(before: string, part: CodePoints, after = ''): Node {
    const [node, ...more] = this.#reader.statements(before, part, after);
    if (!node || more.length > 0) throw new Unreadable('this is no stage of a query', part);
    return node;
  }

  /** The expressions of a list. */
  #list(part: CodePoints): readonly Node[] {
    return nodesAt(dataOf(this.#one('select ', part, FROM_INPUT)), 'expressions');
  }

  /** All columns, but for those that the star changes. */
  #star(change: Data): Node {
    const node = this.#one(`select * ${FROM_INPUT}`, { start: 0, end: 0 });
    return { select: { ...dataOf(node), expressions: [{ star: change }] } };
  }

  #assignments(part: CodePoints): Data[] {
    const node = this.#one(`update \`${INPUT}\` set `, part);
    return ((dataOf(node).set as [unknown, unknown][] | undefined) ?? []).map(([alias, value]) => ({
      alias,
      this: value,
    }));
  }

  /** Keys come first, then aggregates. */
  #aggregate({ words, end }: Stretch): Node {
    for (const [i, word] of words.entries())
      if (isDirection(word, words[i - 1], words[i + 1])) this.#reader.blank(word);
    const group = words.findIndex((word) => wordOf(word) === 'group');
    const by = group < 0 ? undefined : words.slice(group).find((word) => wordOf(word) === 'by');
    const lastCall = { start: words[0]!.span.end, end: by ? words[group]!.span.start : end };
    const calls = words.length > 1 && group !== 1 ? this.#list(lastCall) : [];
    const keys = by ? this.#list({ start: by.span.end, end }).flatMap(keysOf) : [];
    const data = dataOf(this.#star({}));
    const expressions = [...keys, ...calls];
    if (!by) return { select: { ...data, expressions } };
    return { select: { ...data, expressions, group_by: { expressions: keys.map(bare) } } };
  }

  /** `union all (…), (…)`: each query in turn. */
  #setOperation({ words, end }: Stretch): Node {
    const opened = words.findIndex((word) => wordOf(word) === '(');
    const operation = words.slice(0, opened < 0 ? words.length : opened);
    const before = `select * ${FROM_INPUT} ${operation.map(({ text }) => text).join(' ')} `;
    const commas = words.filter((word) => wordOf(word) === ',');
    const starts = [operation.at(-1)!.span.end, ...commas.map(({ span }) => span.end)];
    const ends = [...commas.map(({ span }) => span.start), end];
    return starts
      .map((start, i) => this.#one(before, { start, end: ends[i]! }))
      .reduce((left, node) => ({ [kindOf(node)]: { ...dataOf(node), left } }));
  }
}

/** `old as new`, or `old new`. */
function renaming(node: Node): [unknown, unknown] {
  const from = nodeAt(dataOf(node), 'this');
  return [from && identifierAt(dataOf(from), 'name'), identifierAt(dataOf(node), 'alias')];
}

/** AGGREGATE may say how what it gives is ordered: `count(*) desc nulls last`. */
function isDirection(word: Token, before: Token | undefined, after: Token | undefined): boolean {
  const isLast = (one: Token | undefined): boolean => !one || [',', 'nulls', 'group'].includes(wordOf(one));
  if (['asc', 'desc'].includes(wordOf(word))) return isLast(after) && before !== undefined;
  if (wordOf(word) === 'nulls') return ['first', 'last'].includes(wordOf(after));
  return ['first', 'last'].includes(wordOf(word)) && wordOf(before) === 'nulls';
}

/** The keys inside of ROLLUP and CUBE, which are columns of their own. */
const keysOf = (node: Node): readonly Node[] =>
  kindOf(node) === 'function' && ['rollup', 'cube'].includes(String(dataOf(node).name).toLowerCase())
    ? nodesAt(dataOf(node), 'args')
    : [node];

const bare = (node: Node): Node => (kindOf(node) === 'alias' ? nodeAt(dataOf(node), 'this')! : node);
