import type { Project } from './project.ts';

/** Something that was found: a node, or a column. */
export interface Hit {
  readonly node: number;
  readonly column?: number;
  /** The piece of a description in which the words stand. */
  readonly text?: string;
}

/** What was found, by where. */
export interface Found {
  readonly nodes: readonly Hit[];
  readonly columns: readonly Hit[];
  readonly descriptions: readonly Hit[];
}

const MOST = 8;

/** Looks for words in names of nodes, names of columns, and descriptions. All of the words have to be there. */
export class Search {
  readonly #project: Project;
  readonly #names: readonly string[];
  readonly #columns: readonly string[];
  readonly #descriptions: readonly string[];

  constructor(project: Project) {
    this.#project = project;
    this.#names = project.nodes.map(({ name }, node) => (project.isListed(node) ? name.toLowerCase() : ''));
    this.#columns = Array.from(project.nodeOfColumn, (_, column) => project.columnName(column).toLowerCase());
    this.#descriptions = project.nodes.map(({ description }) => description?.toLowerCase() ?? '');
  }

  find(text: string): Found {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return { nodes: [], columns: [], descriptions: [] };
    const { nodes } = this.#project;
    const named = best(this.#names, words, (node) => (nodes[node]!.type === 'test' ? 30 : 0));
    // A column may be asked for with its table: `orders.amount`, `orders amount`.
    const [table, column] = split(text.toLowerCase());
    const columns =
      table === undefined
        ? best(this.#columns, words)
        : best(this.#columns, [column!]).filter((hit) =>
            this.#names[this.#project.nodeOfColumn[hit]!]!.includes(table),
          );
    return {
      nodes: named.slice(0, MOST).map((node) => ({ node })),
      columns: columns.slice(0, MOST).map((c) => ({ node: this.#project.nodeOfColumn[c]!, column: c })),
      descriptions: [...this.#inDescriptions(words)].slice(0, MOST),
    };
  }

  *#inDescriptions(words: readonly string[]): Generator<Hit> {
    const project = this.#project;
    const fits = (text: string): boolean => words.every((word) => text.includes(word));
    for (const [node, text] of this.#descriptions.entries())
      if (text && fits(text)) yield { node, text: excerpt(project.nodes[node]!.description!, words[0]!) };
    const lower = new Map<string, boolean>();
    for (let column = 0; column < project.nodeOfColumn.length; column++) {
      const text = project.columnDescription(column);
      if (text === undefined) continue;
      if (!lower.has(text)) lower.set(text, fits(text.toLowerCase()));
      if (lower.get(text)) yield { node: project.nodeOfColumn[column]!, column, text: excerpt(text, words[0]!) };
    }
  }
}

function split(text: string): readonly [string | undefined, string | undefined] {
  const parts = text.trim().split(/[.\s]+/);
  return parts.length === 2 ? [parts[0], parts[1]] : [undefined, undefined];
}

/** Places of the texts with all words, the best first: the text itself, its beginning, the beginning of a part, inside. */
function best(
  texts: readonly string[],
  words: readonly string[],
  handicap: (at: number) => number = () => 0,
): number[] {
  const found: [at: number, cost: number][] = [];
  texts.forEach((text, at) => {
    let cost = handicap(at);
    for (const word of words) {
      const place = text.indexOf(word);
      if (place < 0) return;
      cost += text === word ? 0 : place === 0 ? 4 : /[^a-z0-9]/.test(text[place - 1]!) ? 8 : 14;
    }
    found.push([at, cost + text.length / 20]);
  });
  return found.sort((a, b) => a[1] - b[1]).map(([at]) => at);
}

function excerpt(text: string, word: string): string {
  const plain = text.replace(/\s+/g, ' ');
  const at = Math.max(0, plain.toLowerCase().indexOf(word) - 30);
  return `${at > 0 ? '…' : ''}${plain.slice(at, at + 110)}${plain.length > at + 110 ? '…' : ''}`;
}
