import { YAMLException } from 'js-yaml';
import type { Diagnostic, Span } from '../../core/index.ts';
import type { Value } from '../../jinja/index.ts';
import { duplicateKey, invalidYaml } from '../diagnostics.ts';
import { ComposeError, Composer } from './compose.ts';
import { jinjaHint, syntaxHint } from './hint.ts';
import { type ParsedYaml, parseTolerant } from './tolerant.ts';

/** What a YAML file says, or why it says nothing. */
export type LoadedYaml =
  | { readonly value: Value; readonly warnings: readonly Diagnostic[]; readonly problem?: undefined }
  | { readonly problem: Diagnostic; readonly value?: undefined; readonly warnings?: undefined };

/**
 * Loads one YAML document as Python's safe loader does. dbt strips every file but profiles.yml before it parses it,
 * which is visible where a block of text ends the file: `strip: false` for the exception.
 */
export function loadYaml(text: string, file: string, options: { readonly strip?: boolean } = {}): LoadedYaml {
  const { body, lead } = options.strip === false ? { body: text, lead: 0 } : stripped(text);
  const span = (start: number, end: number): Span => ({ file, start: lead + start, end: lead + Math.max(start, end) });
  let parsed: ParsedYaml | undefined;
  try {
    parsed = parseTolerant(body);
    const composer = new Composer(parsed.events, parsed.source);
    const value = composer.document();
    const { original } = parsed;
    const warnings = composer.duplicates.map(({ key, at, length }) =>
      duplicateKey({ file, key: String(key) }, { at: span(original(at), original(at) + length) }),
    );
    return { value, warnings };
  } catch (error) {
    if (error instanceof ComposeError) {
      const start = parsed!.original(error.start);
      const place = { at: span(start, parsed!.original(error.end)) };
      return { problem: invalidYaml({ file, reason: error.message, hint: jinjaHint(body, start) }, place) };
    }
    if (error instanceof YAMLException) {
      const start = Math.min(error.mark?.position ?? 0, body.length);
      const hint = jinjaHint(body, start) ?? syntaxHint(body, start, error.reason);
      return { problem: invalidYaml({ file, reason: error.reason, hint }, { at: span(start, start + 1) }) };
    }
    throw error;
  }
}

/** What Python's `str.strip` leaves of a text, and how much it took from the front. */
export function stripped(text: string): { readonly body: string; readonly lead: number } {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return { body: start === 0 && end === text.length ? text : text.slice(start, end), lead: start };
}

/** Python's idea of white space, which differs from JavaScript's in a handful of characters. */
function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  if (code < 128) return false;
  return code === 0x85 || (code !== 0xfeff && /\s/.test(String.fromCharCode(code)));
}
