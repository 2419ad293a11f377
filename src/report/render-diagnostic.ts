/**
 * Diagnostics as text. The form, after `Encountered an error:`, is
 *
 *     Compilation Error
 *       Model 'stg_order' depends on a node named 'raw_orders' which was not found
 *       --> models/staging/stg_order.sql:3:18 [XF4001]
 *         |
 *       3 | select * from {{ ref('raw_orders') }}
 *         |                  ^^^^^^^^^^^^^^^^^
 *         = help: did you mean 'raw_order'?
 *
 * The first line is dbt's, `<Category> Error` with an optional ` in <name> (<path>)` and nothing else, and all that
 * follows is indented by two: programs that read dbt's errors find category and message where they expect them. So the
 * code stands behind the place, not in the headline.
 */
import { type Diagnostic, internalPlace, type Label, lineColumn, type MacroFrame, type Span } from '../core/index.ts';
import { codeFrame } from './code-frame.ts';
import { type Paint, painter } from './paint.ts';

/** How diagnostics are rendered. */
export interface RenderOptions {
  /** The text of a file named by a span. */
  readonly read: (file: string) => string | undefined;
  readonly colors: boolean;
  /** Columns available; long source lines are cut. */
  readonly width: number;
  /** Named in the headline: `model stg_order (models/stg_order.sql)`. */
  readonly where?: string;
}

const headColors = { error: 'red', warning: 'yellow', hint: 'cyan' } as const;

/** One diagnostic as text, without a newline at its end. */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions): string {
  const paint = painter(options.colors);
  const word = diagnostic.severity === 'error' ? 'Error' : diagnostic.severity === 'warning' ? 'Warning' : 'Hint';
  const where = options.where === undefined ? '' : ` in ${options.where}`;
  const head = `${paint(headColors[diagnostic.severity], `${diagnostic.category} ${word}`)}${where}`;
  const body = [...diagnostic.message.split('\n'), ...details(diagnostic, options, paint)];
  return [head, ...body.map((line) => (line === '' ? '' : `  ${line}`))].join('\n');
}

/** Several diagnostics, with an empty line between them. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options)).join('\n\n');
}

function details(diagnostic: Diagnostic, options: RenderOptions, paint: Paint): readonly string[] {
  const { at, from } = pointed(diagnostic.at);
  const code = paint('dim', `[${diagnostic.code}]`);
  const main = at && shown(at, '-->', '^', undefined, code, options, paint);
  const lines = [...(main?.lines ?? [])];
  let gutter = main?.gutter ?? 0;
  for (const label of [...from, ...diagnostic.labels]) {
    const part = shown(label.span, ':::', '-', label.text, '', options, paint);
    lines.push(...part.lines);
    gutter = Math.max(gutter, part.gutter);
  }
  const margin = `${' '.repeat(gutter)} ${paint('blue', '=')} `;
  const notes = [
    ...stack(diagnostic.at?.via ?? [], options),
    ...diagnostic.help.map((help) => `${paint('cyan', 'help')}: ${help}`),
  ];
  if (at === undefined && notes.length === 0) return [code];
  if (at === undefined) notes[notes.length - 1] += ` ${code}`;
  return [...lines, ...notes.map((note) => `${margin}${note.replaceAll('\n', `\n  ${' '.repeat(gutter + 3)}`)}`)];
}

/**
 * The place that a user can do something about, and where the way to it began. What went wrong inside a macro of ours
 * is shown where the user's file led there: the macros on the way are notes.
 */
function pointed(at: Span | undefined): { readonly at: Span | undefined; readonly from: readonly Label[] } {
  if (at?.origin === undefined) return { at, from: [] };
  if (internalPlace(at.file)) return { at: at.origin, from: [] };
  return { at, from: [{ span: at.origin, text: 'called from here' }] };
}

function shown(
  span: Span,
  arrow: string,
  mark: '^' | '-',
  note: string | undefined,
  code: string,
  options: RenderOptions,
  paint: Paint,
): { readonly gutter: number; readonly lines: readonly string[] } {
  // A span of nothing at the start stands for the file: a frame of its first line would say nothing.
  const text = span.end === 0 ? undefined : options.read(span.file);
  const tail = code === '' ? '' : ` ${code}`;
  if (text === undefined) {
    const said = note === undefined ? '' : ` ${note}`;
    return { gutter: 0, lines: [`${paint('blue', arrow)} ${span.file}${said}${tail}`] };
  }
  const frame = codeFrame({ text, start: span.start, end: span.end, mark, note, width: options.width, paint });
  const place = `${paint('blue', arrow)} ${span.file}:${frame.line}:${frame.column}${tail}`;
  return { gutter: frame.gutter, lines: [place, ...frame.lines] };
}

/** Frames of a stack that are shown at its inner and its outer end. */
const INNER = 6;
const OUTER = 2;

/** Innermost macro first, as one reads towards the model. */
function stack(via: readonly MacroFrame[], options: RenderOptions): readonly string[] {
  const left = via.length - INNER - OUTER;
  const frames = left > 1 ? [...via.slice(0, OUTER), ...via.slice(-INNER)] : via;
  const lines = frames.toReversed().map((frame, depth) => {
    const text = options.read(frame.file);
    const place = text === undefined ? undefined : lineColumn(text, frame.start);
    const position = place === undefined ? frame.file : `${frame.file}:${place.line}:${place.column}`;
    return `${depth === 0 ? 'in' : 'called from'} macro ${frame.macro.replace(/^macro\./, '')} (${position})`;
  });
  return left > 1 ? [...lines.slice(0, INNER), `… ${left} more calls …`, ...lines.slice(INNER)] : lines;
}
