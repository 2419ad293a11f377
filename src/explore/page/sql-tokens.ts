/** A piece of SQL or Jinja, as it is coloured. */
export interface Token {
  readonly kind: 'keyword' | 'string' | 'number' | 'comment' | 'jinja' | 'function' | 'name' | 'plain';
  readonly text: string;
}

const KEYWORDS = new Set(
  `all alter and any array as asc between by case cast create cross current date desc distinct else end except exists
  exclude extract false filter first following for from full group grouping having if ilike in inner insert intersect
  interval into is join last lateral left like limit materialized natural not null nulls offset on or order outer over
  partition pivot preceding qualify range recursive replace right row rows select semi set sets similar some struct table
  then time timestamp true unbounded union unnest unpivot update using values view when where window with within`.split(
    /\s+/,
  ),
);

/** Jinja first, since it may stand inside of anything; then comments, strings, quoted names, numbers, words. */
const PIECES =
  /(\{#[\s\S]*?#\}|--[^\n]*|\/\*[\s\S]*?\*\/)|(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})|('(?:[^']|'')*'|\$\$[\s\S]*?\$\$)|("(?:[^"]|"")*"|`[^`]*`)|(\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b)|([A-Za-z_][\w$]*)/gi;

/** Takes SQL, with or without Jinja in it, apart for colouring. All pieces together are the text again. */
export function sqlTokens(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const found of sql.matchAll(PIECES)) {
    if (found.index > at) tokens.push({ kind: 'plain', text: sql.slice(at, found.index) });
    const [text, comment, jinja, string, quoted, number] = found;
    at = found.index + text.length;
    tokens.push({ kind: kindOf({ comment, jinja, string, quoted, number }) ?? wordKind(text, sql, at), text });
  }
  if (at < sql.length) tokens.push({ kind: 'plain', text: sql.slice(at) });
  return tokens;
}

function kindOf(of: Readonly<Record<string, string | undefined>>): Token['kind'] | undefined {
  if (of.comment) return 'comment';
  if (of.jinja) return 'jinja';
  if (of.string) return 'string';
  if (of.quoted) return 'name';
  return of.number ? 'number' : undefined;
}

function wordKind(word: string, sql: string, end: number): Token['kind'] {
  if (KEYWORDS.has(word.toLowerCase())) return 'keyword';
  return sql[end] === '(' ? 'function' : 'plain';
}
