import { parse as parseSql, tokenize } from '@polyglot-sql/sdk';
import type { DialectName } from './dialect.ts';
import type { Token } from './pipe-stages.ts';
import { parsePipes } from './pipe-syntax.ts';
import { mayNeedRepair, repaired } from './repaired.ts';
import { respelled } from './respelled.ts';
import type { CodePoints, Node } from './syntax.ts';

/** What came of parsing a text. */
export type ParsedSql =
  | { readonly statements: readonly Node[] }
  | { readonly reason: string; readonly span: CodePoints | undefined };

/** More than this is not read: the parser takes more than linear time. */
export const MAX_LENGTH = 1_000_000;

/** Dialects whose queries may go through `|>`. */
const WITH_PIPES: ReadonlySet<DialectName> = new Set(['bigquery', 'spark', 'databricks']);

/**
 * Parses SQL. The one door to the parser, which declares Node 22 and was measured to work on 20.19: it is WebAssembly and
 * asks little of Node. It is called inside of worker threads only, as a text may take it long.
 */
export function parseStatements(sql: string, dialect: DialectName): ParsedSql {
  if (sql.length > MAX_LENGTH) return { reason: `it has more than ${MAX_LENGTH} characters`, span: undefined };
  const parsed = parsePlain(sql, dialect);
  if ('statements' in parsed || !WITH_PIPES.has(dialect) || !sql.includes('|>')) return parsed;
  const { success, tokens } = tokenize(sql, dialect as never) as { success: boolean; tokens?: readonly Token[] };
  if (!success || !tokens?.some(({ token_type: type }) => type === 'PIPE_GT')) return parsed;
  return parsePipes(sql, tokens, (part) => parsePlain(part, dialect));
}

function parsePlain(sql: string, dialect: DialectName): ParsedSql {
  const parsed = parseSql(sql, dialect as never) as {
    success: boolean;
    ast?: readonly Node[];
    error?: string;
    errorStart?: number;
    errorEnd?: number;
  };
  if (parsed.success && parsed.ast) return { statements: mayNeedRepair(sql) ? repaired(parsed.ast) : parsed.ast };
  const other = respelled(sql, dialect);
  const again = other === undefined ? undefined : parsePlain(other, dialect);
  if (again && 'statements' in again) return again;
  const { errorStart: start, errorEnd: end } = parsed;
  return {
    reason: reasonOf(parsed.error ?? 'it is no SQL'),
    span: start === undefined ? undefined : { start, end: end ?? start + 1 },
  };
}

/** What the parser says, without the place, which is known better, and in words where it has a code for one of its limits. */
function reasonOf(error: string): string {
  const said = error.replace(/^(?:Parse|Tokenization) error at line \d+, column \d+: /, '');
  const [, guard, limit] = /^E_GUARD_(\w+)_EXCEEDED: value \d+ exceeds configured limit (\d+)/.exec(said) ?? [];
  if (guard === 'AST_DEPTH') return `it has more than ${limit} operators in a row`;
  if (guard !== undefined) return `it is nested more than ${limit} deep`;
  // What cannot be printed is named.
  return said.replace(/\p{Cc}/gu, (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`);
}
