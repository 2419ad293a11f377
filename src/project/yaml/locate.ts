import { EVENT_ID, type Event, SCALAR_STYLE, YAMLException } from 'js-yaml';
import type { Span } from '../../core/index.ts';
import type { Value } from '../../jinja/index.ts';
import { ComposeError, Composer, startOf } from './compose.ts';
import { stripped } from './load.ts';
import { type ParsedYaml, parseTolerant } from './tolerant.ts';

/** Steps from the top of a document: keys of mappings, places in lists. */
export type YamlPath = readonly (string | number)[];

/** Which end of `key: value` is meant. */
export type YamlPart = 'key' | 'value';

/**
 * Where in a YAML file the value (or the key) at `path` stands. Reads the text again: for messages only. Where the path
 * leaves the file (a missing key, something merged in by `<<`), the last step that is there is given.
 */
export function locate(text: string, file: string, path: YamlPath, part: YamlPart = 'value'): Span {
  const { body, lead } = stripped(text);
  let parsed: ParsedYaml;
  try {
    parsed = parseTolerant(body);
  } catch (error) {
    if (error instanceof YAMLException) return { file, start: 0, end: 0 };
    throw error;
  }
  const { events, source, original } = parsed;
  if (events.length < 3) return { file, start: lead, end: lead };
  let at = 1;
  let found = { start: at, end: at };
  for (const [depth, step] of path.entries()) {
    const child = childAt(events, source, at, step);
    if (child === undefined) {
      // A whole mapping would light up the file: its first key is enough.
      return spanOf(firstLeaf(events, found.start), firstLeaf(events, found.start));
    }
    at = child.value;
    const key = part === 'key' && depth === path.length - 1 ? child.key : undefined;
    found = key === undefined ? { start: at, end: after(events, at) - 1 } : { start: key, end: key };
  }
  return spanOf(found.start, found.end);

  function spanOf(first: number, last: number): Span {
    const start = startOf(events[first]!);
    const end = endWithin(events, first, last);
    // An empty scalar has no place of its own.
    if (start === -1) return { file, start: lead, end: lead };
    return { file, start: lead + original(start), end: lead + original(Math.max(start, end)) };
  }
}

interface Child {
  /** Index of the event of the key; undefined in a list. */
  readonly key: number | undefined;
  readonly value: number;
}

function childAt(events: readonly Event[], source: string, parent: number, step: string | number): Child | undefined {
  const type = events[parent]!.type;
  if (type === EVENT_ID.SEQUENCE) {
    let index = 0;
    for (let at = parent + 1; events[at]!.type !== EVENT_ID.POP; at = after(events, at)) {
      if (index === step) return { key: undefined, value: at };
      index += 1;
    }
    return undefined;
  }
  if (type !== EVENT_ID.MAPPING) return undefined;
  let found: Child | undefined;
  for (let at = parent + 1; events[at]!.type !== EVENT_ID.POP; ) {
    const value = after(events, at);
    // The last one of equal keys counts.
    if (keyText(events, source, at) === String(step)) found = { key: at, value: isEmpty(events[value]!) ? at : value };
    at = after(events, value);
  }
  return found;
}

function keyText(events: readonly Event[], source: string, at: number): string | undefined {
  const event = events[at]!;
  if (event.type !== EVENT_ID.SCALAR) return undefined;
  if (event.style === SCALAR_STYLE.PLAIN && event.fast) return source.slice(event.valueStart, event.valueEnd);
  let value: Value;
  try {
    value = new Composer([events[0]!, event, { type: EVENT_ID.POP }], source).document();
  } catch (error) {
    if (error instanceof ComposeError) return undefined;
    throw error;
  }
  return String(value);
}

function isEmpty(event: Event): boolean {
  return event.type === EVENT_ID.SCALAR && event.valueStart === -1;
}

/** Index of the event after a whole node. */
function after(events: readonly Event[], at: number): number {
  let depth = 0;
  for (let i = at; ; i++) {
    const { type } = events[i]!;
    if (type === EVENT_ID.SEQUENCE || type === EVENT_ID.MAPPING) depth += 1;
    else if (type === EVENT_ID.POP) depth -= 1;
    if (depth === 0) return i + 1;
  }
}

function firstLeaf(events: readonly Event[], at: number): number {
  let i = at;
  while (events[i]!.type !== EVENT_ID.SCALAR && events[i + 1] !== undefined && events[i + 1]!.type !== EVENT_ID.POP)
    i += 1;
  return i;
}

/** End of the last thing written between two events. */
function endWithin(events: readonly Event[], first: number, last: number): number {
  for (let i = last; i >= first; i--) {
    const event = events[i]!;
    if (event.type === EVENT_ID.SCALAR && event.valueStart !== -1) return event.valueEnd;
    if (event.type === EVENT_ID.ALIAS) return event.anchorEnd;
    if (i === first) return startOf(event) + 1;
  }
  return startOf(events[first]!);
}
