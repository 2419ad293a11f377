import type { ParsedSql } from './parser.ts';
import { type Stage, Stages, type Stretch, type Token, Unreadable, wordOf } from './pipe-stages.ts';
import { type CodePoints, type Data, dataOf, isQuery, kindOf, type Node, nodesAt } from './syntax.ts';

type Parse = (sql: string) => ParsedSql;

/**
 * Reads SQL with pipes (`from t |> where a > 1`), which the parser does not know: every stage is parsed as a query of its own
 * over its input, and the places of its names are moved to where they stand in the whole. A query with pipes becomes a
 * node `pipe`.
 */
export function parsePipes(sql: string, tokens: readonly Token[], parse: Parse): ParsedSql {
  try {
    return { statements: new PipeReader(sql, parse).read(tokens) };
  } catch (error) {
    if (error instanceof Unreadable) return { reason: error.message, span: error.span };
    throw error;
  }
}

const isPipe = ({ token_type: type }: Token): boolean => type === 'PIPE_GT';

/** What stands for a query with pipes while what is around it is parsed; the place of its name tells which it is. */
const STAND_IN = 'SELECT _';

/** Reads from the inside out: a query with pipes that has been read gives its place to something that the parser knows. */
export class PipeReader {
  /** The SQL, code point for code point. */
  readonly #text: string[];
  readonly #parse: Parse;
  readonly #read = new Map<number, Node>();

  constructor(sql: string, parse: Parse) {
    this.#text = Array.from(sql);
    this.#parse = parse;
  }

  read(tokens: readonly Token[]): readonly Node[] {
    const open: Token[][] = [[]];
    const end = this.#text.length;
    for (const token of tokens) {
      if (token.token_type === 'R_PAREN' && open.length > 1) this.#close(open.pop()!, token.span.start, true);
      if (token.token_type === 'SEMICOLON' && open.length === 1) {
        this.#close(open[0]!, token.span.start, false);
        open[0] = [];
        continue;
      }
      open.at(-1)!.push(token);
      if (token.token_type === 'L_PAREN') open.push([]);
    }
    this.#close(open[0]!, end, false);
    return this.statements('', { start: 0, end }, '');
  }

  /** Reads what stands between two brackets, where it is a query with pipes. */
  #close(words: readonly Token[], end: number, isInside: boolean): void {
    // What begins with a pipe is part of a stage: `fork (|> …)`.
    if (!words.some(isPipe) || (isPipe(words[0]!) && isInside)) return;
    // There may be a statement around it: `create table x as from y |> …`.
    const first = words.findIndex(
      (word) => ['with', 'select', 'from', 'values'].includes(wordOf(word)) || isPipe(word),
    );
    const query = words.slice(wordOf(words[0]) === '(' ? 0 : Math.max(0, first));
    const { start } = query[0]!.span;
    const node = this.#pipe(query, end);
    const standIn = [...STAND_IN.padEnd(end - start)];
    if (standIn.length > end - start) throw new Unreadable('there is no query before |>', query[0]!.span);
    this.#read.set(start + STAND_IN.indexOf('_'), node);
    this.#text.splice(start, standIn.length, ...standIn);
  }

  #pipe(words: readonly Token[], end: number): Node {
    const [base, ...rest] = this.#split(words, end);
    if (base!.words.length === 0) throw new Unreadable('there is no query before |>', words[0]!.span);
    const text = { start: base!.words[0]!.span.start, end: base!.end };
    const [query] = this.statements('', text, '');
    if (!query || !(isQuery(query) || kindOf(query) === 'subquery'))
      throw new Unreadable('there is no query before |>', words[0]!.span);
    const { with: clause, ...data } = dataOf(query);
    const isFrom = wordOf(base!.words.find((word) => ['from', 'select'].includes(wordOf(word)))) === 'from';
    const bare = { [kindOf(query)]: data };
    const first: Stage = isFrom ? { step: 'sources', query: bare } : { step: 'query', query: bare, keepsNames: false };
    const stages = new Stages(this);
    return { pipe: { with: clause ?? null, stages: [first, ...rest.map((stage) => stages.read(stage))] } };
  }

  /** What stands before, between and after the pipes. ORDER BY and the LIMIT after it stay together. */
  #split(words: readonly Token[], end: number): Stretch[] {
    const parts: { words: Token[]; end: number }[] = [{ words: [], end }];
    for (const [i, word] of words.entries()) {
      const last = parts.at(-1)!;
      if (!isPipe(word)) last.words.push(word);
      else if (wordOf(last.words[0]) === 'order' && wordOf(words[i + 1]) === 'limit') this.blank(word);
      else {
        last.end = word.span.start;
        parts.push({ words: [], end });
      }
    }
    return parts;
  }

  /** Leaves a word out of what is parsed. */
  blank({ span }: Token): void {
    this.#text.fill(' ', span.start, span.end);
  }

  /** Parses a part of the SQL with something before and after it. Only what stands in the SQL keeps a place. */
  statements(before: string, part: CodePoints, after: string): readonly Node[] {
    const parsed = this.#parse(`${before}${this.#text.slice(part.start, part.end).join('')}\n${after}`);
    const by = part.start - before.length;
    const place = ({ start, end }: CodePoints): CodePoints | null =>
      start + by < part.start || end + by > part.end ? null : { start: start + by, end: end + by };
    if ('reason' in parsed) throw new Unreadable(parsed.reason, (parsed.span && place(parsed.span)) ?? part);
    return parsed.statements.map((node) => this.#moved(node, place) as Node);
  }

  /** A tree with other places, and with the queries that were left out of it. */
  #moved(tree: unknown, place: (span: CodePoints) => CodePoints | null): unknown {
    if (typeof tree !== 'object' || tree === null) return tree;
    if (Array.isArray(tree)) return tree.map((item) => this.#moved(item, place));
    const made = Object.fromEntries(
      Object.entries(tree).map(([field, value]) => [
        field,
        field === 'span' && value ? place(value as CodePoints) : this.#moved(value, place),
      ]),
    );
    return this.#standsFor(made as Node) ?? made;
  }

  #standsFor(node: Node): Node | undefined {
    const [only] = node.select ? nodesAt(node.select as Data, 'expressions') : [];
    const name = only && kindOf(only) === 'column' ? (dataOf(only).name as Data) : undefined;
    const span = name?.name === '_' ? (name.span as CodePoints | null) : undefined;
    return span ? this.#read.get(span.start) : undefined;
  }
}
