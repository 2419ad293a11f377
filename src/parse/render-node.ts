import { type Diagnostic, DiagnosticError } from '../core/index.ts';
import { compileTemplate, errorPlace, JinjaError, type RenderOptions, type Template } from '../jinja/index.ts';
import { jinjaDiagnostic } from './diagnostics.ts';
import type { Surroundings } from './draft.ts';
import { parseScope, type Subject } from './names.ts';
import { Recording } from './recording.ts';

/** A template that was read and rendered once with nothing executed. */
export interface ParsedTemplate {
  readonly template: Template;
  readonly recording: Recording;
  /** What went wrong while rendering; the recording then holds what came before. */
  readonly problems: readonly Diagnostic[];
}

/** Notes macros that the template itself calls, not those that macros call in turn, and calls of what is not there. */
function noted(recording: Recording): NonNullable<RenderOptions['observer']> {
  let depth = 0;
  return {
    enter(macro) {
      if (depth++ === 0) recording.macros.add(macro);
    },
    exit() {
      depth--;
    },
    undefinedCall(path, at) {
      recording.undefinedCalls.push({ wanted: path, at });
    },
  };
}

/** Diagnostics that an error carries; anything else is a bug and is thrown on. */
export function problemsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof DiagnosticError) {
    const at = errorPlace(error);
    return error.diagnostics.map((problem) => (problem.at || !at ? problem : { ...problem, at }));
  }
  if (error instanceof JinjaError) return [jinjaDiagnostic(error)];
  throw error;
}

/** A template as it stands in its file. */
export interface TemplateText {
  readonly file: string;
  /** The file's text, or the template alone where it is in no file. */
  readonly text: string;
  /** The stretch of `text` that is the template. */
  readonly range: { readonly start: number; readonly end: number };
}

/** Compiles a template and renders it with `execute = false`, recording what it asks for. */
export function parseTemplate(
  draft: Surroundings,
  { file, text, range }: TemplateText,
  subject: Subject,
): ParsedTemplate | { problems: readonly Diagnostic[] } {
  let template: Template;
  try {
    template = compileTemplate(text, file, { cache: draft.input.cache, range });
  } catch (error) {
    return { problems: problemsOf(error) };
  }
  const recording = new Recording();
  return { template, recording, problems: renderParsed(draft, template, subject, recording) };
}

/** Renders a compiled template with `execute = false` into a recording; returns what went wrong. */
export function renderParsed(
  draft: Surroundings,
  template: Template,
  subject: Subject,
  recording: Recording,
): readonly Diagnostic[] {
  try {
    template.render(parseScope(draft, subject, recording), { undefined: 'lenient', observer: noted(recording) });
    return [];
  } catch (error) {
    return problemsOf(error);
  }
}
