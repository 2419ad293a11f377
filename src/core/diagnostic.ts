import type { Span } from './span.ts';

export type Severity = 'error' | 'warning' | 'hint';

/** A second place that explains the first. */
export interface Label {
  readonly span: Span;
  readonly text: string;
}

/**
 * One thing to tell the user. Plain data: printing (code frame, colours) is done by `renderDiagnostic`.
 * Codes are bands by subject: XF1xxx project, 2xxx Jinja, 3xxx SQL, 4xxx graph and compile, 5xxx plan and state,
 * 6xxx adapter, 7xxx run, 8xxx checks.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** dbt's word for the kind of error, printed as `<category> Error`. */
  readonly category: string;
  readonly message: string;
  /** The facts the message was made of. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly at?: Span;
  readonly labels: readonly Label[];
  /** What to do next, one sentence each. */
  readonly help: readonly string[];
}

/** What is said of one code: its sentence and its help, as functions of the facts. */
export interface DiagnosticSpec<Data> {
  readonly category: string;
  readonly severity?: Severity;
  readonly message: (data: Data) => string;
  readonly help?: (data: Data) => readonly (string | undefined)[];
}

/** Where a diagnostic points. */
export interface DiagnosticPlace {
  readonly at?: Span;
  readonly labels?: readonly Label[];
  readonly severity?: Severity;
}

/** Makes diagnostics of one code. */
export type DiagnosticMaker<Data> = ((data: Data, place?: DiagnosticPlace) => Diagnostic) & { readonly code: string };

/**
 * Declares a diagnostic code. Every room keeps its own in a file `diagnostics.ts`:
 * `export const missingRef = diagnostic<{ name: string }>('XF4001', { category: 'Compilation', message: … })`.
 */
export function diagnostic<Data extends object>(code: string, spec: DiagnosticSpec<Data>): DiagnosticMaker<Data> {
  const make = (data: Data, place: DiagnosticPlace = {}): Diagnostic => ({
    code,
    severity: place.severity ?? spec.severity ?? 'error',
    category: spec.category,
    message: spec.message(data),
    data: data as Readonly<Record<string, unknown>>,
    at: place.at,
    labels: place.labels ?? [],
    help: (spec.help?.(data) ?? []).filter((line) => line !== undefined),
  });
  return Object.assign(make, { code });
}

/** Carries diagnostics out of a place that cannot return them. Anything else that is thrown is a bug of ours. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(...diagnostics: Diagnostic[]) {
    super(diagnostics.map((d) => d.message).join('\n'));
    this.name = 'DiagnosticError';
    this.diagnostics = diagnostics;
  }
}
