import type { CompiledSql } from '../compile/index.ts';
import { type Diagnostic, DiagnosticError, type Span, systemProblem } from '../core/index.ts';
import { errorPlace, JinjaError } from '../jinja/index.ts';
import { jinjaDiagnostic } from '../parse/index.ts';

/** What is known of the work in which a problem arose. */
export interface Circumstances {
  readonly compiled: Pick<CompiledSql, 'sql' | 'locate'> | undefined;
  /** The last statement sent to the warehouse. */
  readonly statement: string;
  /** Where the node is defined. */
  readonly place: Span | undefined;
}

/** The problems that an error tells of, at the place of the template that led to it; undefined for a bug of ours. */
export function saidBy(error: unknown): readonly Diagnostic[] | undefined {
  if (error instanceof JinjaError) return [jinjaDiagnostic(error)];
  if (!(error instanceof DiagnosticError)) {
    const refused = systemProblem(error);
    return refused && [refused];
  }
  const at = errorPlace(error);
  // An error of the warehouse is about the statement, not about the macro that sent it.
  return error.diagnostics.map((problem) =>
    problem.at || !at || 'summary' in problem.data ? problem : { ...problem, at },
  );
}

/** A problem pointed at the file of the user that it comes from, where that can be told. */
export function pointProblem(problem: Diagnostic, { compiled, statement, place }: Circumstances): Diagnostic {
  const traced = compiled ? tracedProblem(problem, compiled, statement) : problem;
  if (!traced.at && !(compiled && statement.includes(compiled.sql.trim())))
    return definedAt(withStatement(problem, statement), place);
  return definedAt(traced, place);
}

/** An error of the warehouse, followed from the statement into the SQL of the node and on into the user's file. */
function tracedProblem(
  problem: Diagnostic,
  compiled: Pick<CompiledSql, 'sql' | 'locate'>,
  statement: string,
): Diagnostic {
  const { position, summary } = problem.data as { position?: number; summary?: string };
  if (problem.at || position === undefined) return problem;
  const sql = compiled.sql.trim();
  const begin = statement.indexOf(sql);
  const offset = position - begin + compiled.sql.indexOf(sql);
  if (begin === -1 || offset < 0 || offset > compiled.sql.length) return problem;
  const at = compiled.locate(offset);
  if (!at) return problem;
  const length = /^(?:\w+|"[^"\n]*")/.exec(compiled.sql.slice(offset))?.[0].length ?? 1;
  const last = compiled.locate(offset + length - 1);
  // What an expression rendered has its own extent; text that stands in the file as it is has that of the word.
  const isCopied = at.end - at.start === 1 && last?.file === at.file && last.start === at.start + length - 1;
  // The frame shows the place: the statement's own line would say it again.
  return { ...problem, message: summary ?? problem.message, at: isCopied ? { ...at, end: at.start + length } : at };
}

/** What a node that stands in a YAML file is made of is no text of the user's: its problems are those of its entry. */
function definedAt(problem: Diagnostic, place: Span | undefined): Diagnostic {
  const { at } = problem;
  if (!place) return problem;
  const isEntry = place.end > 0;
  if (!at) return isEntry ? { ...problem, at: place } : problem;
  if (at.via?.length) return at.origin && !isEntry ? problem : { ...problem, at: { ...at, origin: place } };
  return isEntry ? { ...problem, at: place } : problem;
}

const SHOWN = 300;

/** An error of the warehouse with the statement it is about, for statements that are in no file. */
function withStatement(problem: Diagnostic, statement: string): Diagnostic {
  const { summary, position } = problem.data as { summary?: string; position?: number };
  const text = statement.trim().replace(/\s+/g, ' ');
  if (summary === undefined || position !== undefined || problem.at || text === '') return problem;
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text;
  return { ...problem, help: [`the statement was: ${shown}`, ...problem.help] };
}
