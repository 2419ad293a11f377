import { type Event, parseEvents, YAMLException } from 'js-yaml';

/** What the parser saw: `events` point into `source`, which is the text or a re-indented copy of it. */
export interface ParsedYaml {
  readonly events: readonly Event[];
  readonly source: string;
  /** Offset in the text given, for an offset in `source`. */
  original(offset: number): number;
}

/** Wider than any real indentation. */
const padding = ' '.repeat(200);
const maxDepth = 400;

/**
 * Parses YAML as PyYAML's grammar has it. Inside brackets and quotes PyYAML does not care about indentation, while
 * js-yaml refuses lines that stand too far left: those lines are moved to the right, which changes no value.
 */
export function parseTolerant(text: string): ParsedYaml {
  // Where one closing bracket stands too far left the others mostly do as well, so they are moved together first.
  // If that spoils something, it is done again line by line.
  return attempt(text, true) ?? attempt(text, false)!;
}

function attempt(given: string, together: boolean): ParsedYaml | undefined {
  const padded = new Set<number>();
  let text = given;
  for (;;) {
    const copy = pad(text, padded);
    let events: readonly Event[];
    try {
      events = parseEvents(copy.source, { maxDepth });
    } catch (error) {
      const at = tooFarLeft(error, copy);
      const untabbed = at === undefined ? undefined : withoutTabs(text, at);
      if (untabbed !== undefined) {
        text = untabbed;
        continue;
      }
      const line = at === undefined ? undefined : text.lastIndexOf('\n', at - 1) + 1;
      if (line === undefined || padded.has(line)) {
        if (together && padded.size > 0) return undefined;
        throw relocated(error, copy);
      }
      if (together && padded.size === 0) for (const start of closingLines(text)) padded.add(start);
      padded.add(line);
      continue;
    }
    const wrong = inBlockScalars(events, copy, padded);
    if (wrong.length === 0) return { events, source: copy.source, original: copy.original };
    for (const start of wrong) padded.delete(start);
  }
}

interface Copy {
  readonly source: string;
  original(offset: number): number;
}

function pad(text: string, lines: ReadonlySet<number>): Copy {
  if (lines.size === 0) return { source: text, original: (offset) => offset };
  const starts = [...lines].sort((a, b) => a - b);
  let source = '';
  let from = 0;
  for (const start of starts) {
    source += text.slice(from, start) + padding;
    from = start;
  }
  source += text.slice(from);
  return {
    source,
    original(offset) {
      let moved = offset;
      for (const start of starts) {
        if (moved < start + padding.length) return Math.min(moved, start);
        moved -= padding.length;
        if (moved < start) return start;
      }
      return moved;
    },
  };
}

/** Where, in the text given, js-yaml refuses the indentation. */
function tooFarLeft(error: unknown, copy: Copy): number | undefined {
  if (!(error instanceof YAMLException) || error.reason !== 'deficient indentation' || !error.mark) return undefined;
  return copy.original(error.mark.position);
}

/** The text with the tabs right before `at` as blanks, which mean the same inside brackets; undefined without tabs. */
function withoutTabs(text: string, at: number): string | undefined {
  let start = at;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start -= 1;
  const gap = text.slice(start, at);
  return gap.includes('\t') ? text.slice(0, start) + ' '.repeat(gap.length) + text.slice(at) : undefined;
}

function relocated(error: unknown, copy: Copy): unknown {
  if (error instanceof YAMLException && error.mark) error.mark.position = copy.original(error.mark.position);
  return error;
}

/** Lines that begin with a closing bracket. */
function* closingLines(text: string): Iterable<number> {
  for (const match of text.matchAll(/^[ \t]*[\]}]/gm)) yield match.index;
}

/** Padded lines that belong to a literal or folded block, where blanks count. */
function inBlockScalars(events: readonly Event[], copy: Copy, padded: ReadonlySet<number>): number[] {
  if (padded.size === 0) return [];
  const wrong: number[] = [];
  for (const event of events) {
    if (event.type !== 4 || event.style < 4) continue;
    const start = copy.original(event.valueStart);
    const end = copy.original(event.valueEnd);
    for (const line of padded) if (line >= start && line < end) wrong.push(line);
  }
  return wrong;
}
