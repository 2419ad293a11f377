import type { Span } from '../core/index.ts';

/** An ephemeral model as a common table expression. */
export interface Cte {
  readonly name: string;
  readonly sql: string;
  /** Where a place in its SQL comes from. */
  readonly locate?: (offset: number) => Span | undefined;
}

/** SQL with CTEs put in front, and what was put where, so that positions can be traced back. */
export interface Injected {
  readonly sql: string;
  /** Offset in the original SQL at which text was put in. */
  readonly at: number;
  readonly length: number;
  /** The SQL of each CTE, and where in the final SQL it begins. */
  readonly ctes: readonly { readonly cte: Cte; readonly start: number }[];
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
  if (!ctes.length) return { sql, at: 0, length: 0, ctes: [] };
  const parts = ctes.map((cte) => ` ${cte.name} as (\n${cte.sql}\n)`);
  const list = parts.join(', ');
  const start = firstToken(sql);
  const clause = /^with(?:\s+recursive)?\b/i.exec(sql.slice(start));
  const at = clause ? start + clause[0].length : sql.length - sql.trimStart().length;
  // Two blanks after RECURSIVE, as in the SQL that dbt compiles: texts are compared.
  const gap = clause && /\s/.test(clause[0]) ? ' ' : '';
  const text = clause ? `${gap}${list},` : `with${list} `;
  let end = at + (clause ? gap.length : 'with'.length);
  const placed = ctes.map((cte, i) => {
    end += parts[i]!.length;
    const start = end - cte.sql.length - '\n)'.length;
    end += ', '.length;
    return { cte, start };
  });
  return { sql: sql.slice(0, at) + text + sql.slice(at), at, length: text.length, ctes: placed };
}
