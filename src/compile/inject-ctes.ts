/** An ephemeral model as a common table expression. */
export interface Cte {
  readonly name: string;
  readonly sql: string;
}

/** SQL with CTEs put in front, and what was put where, so that positions can be traced back. */
export interface Injected {
  readonly sql: string;
  /** Offset in the original SQL at which text was put in. */
  readonly at: number;
  readonly length: number;
}

/** Offset of the first thing in SQL that is neither white space nor a comment. */
function firstToken(sql: string): number {
  let at = 0;
  for (;;) {
    const rest = sql.slice(at);
    const skipped = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)/.exec(rest);
    if (!skipped) return at;
    at += skipped[0].length;
  }
}

/**
 * Puts CTEs in front of a statement: into its own WITH clause where it has one (after RECURSIVE), else before
 * everything that is not white space.
 */
export function injectCtes(sql: string, ctes: readonly Cte[]): Injected {
  if (!ctes.length) return { sql, at: 0, length: 0 };
  const list = ctes.map((cte) => ` ${cte.name} as (\n${cte.sql}\n)`).join(', ');
  const start = firstToken(sql);
  const clause = /^with(?:\s+recursive)?\b/i.exec(sql.slice(start));
  const at = clause ? start + clause[0].length : sql.length - sql.trimStart().length;
  const text = clause ? `${list},` : `with${list} `;
  return { sql: sql.slice(0, at) + text + sql.slice(at), at, length: text.length };
}
