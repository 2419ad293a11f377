import type { DialectName } from './dialect.ts';

/** Texts, names in quotes and comments: nothing in them is a word of the language. */
const HIDDEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g;
/** A text with blanks in the places of those. */
export const visible = (sql: string): string => sql.replace(HIDDEN, (hidden) => ' '.repeat(hidden.length));

/** Each says in other words, as many characters long so that places stay, what the parser does not know. */
const SPELLINGS: Readonly<Partial<Record<DialectName, readonly ((sql: string) => string)[]>>> = {
  duckdb: [integerDivision, orderInListagg],
  bigquery: [fieldsExcept],
};

/** The SQL in words that the parser knows; undefined where there is nothing to say otherwise. */
export function respelled(sql: string, dialect: DialectName): string | undefined {
  const changed = (SPELLINGS[dialect] ?? []).reduce((text, spelling) => spelling(text), sql);
  return changed === sql ? undefined : changed;
}

/** `a // b` is read as `a % b`, which has the same types but for decimals. */
function integerDivision(sql: string): string {
  let changed = sql;
  for (const { index } of visible(sql).matchAll(/\/\//g))
    changed = `${changed.slice(0, index)}% ${changed.slice(index + 2)}`;
  return changed;
}

/** `listagg(a, ', ' order by b)` is read without its order. */
function orderInListagg(sql: string): string {
  const text = visible(sql);
  let changed = sql;
  for (const call of text.matchAll(/\blistagg\s*\(/gi)) {
    const start = call.index + call[0].length;
    const end = closing(text, start);
    const order = /\border\s+by\b/i.exec(text.slice(start, end));
    if (!order) continue;
    const from = start + order.index;
    changed = changed.slice(0, from) + ' '.repeat(end - from) + changed.slice(end);
  }
  return changed;
}

/** `(expression).* except (a)` is read as `(expression).except (a)`. */
function fieldsExcept(sql: string): string {
  let changed = sql;
  for (const { index } of visible(sql).matchAll(/(?<=[)\]]\s*\.\s*)\*(?=\s*except\s*\()/gi))
    changed = `${changed.slice(0, index)} ${changed.slice(index + 1)}`;
  return changed;
}

/** Where the bracket ends in which a place is. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}
