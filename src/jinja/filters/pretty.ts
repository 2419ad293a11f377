/** Python's pprint: one line where it fits into 80 columns, else one entry a line; dicts sorted by key. */
import { codePointLength } from '../codepoints.ts';
import { sorted } from '../comparison.ts';
import { splitLines } from '../methods/index.ts';
import { repr } from '../repr.ts';
import { PyDict, PySet, PyTuple, type Value } from '../value.ts';

const WIDTH = 80;

/** `pprint.pformat(value)`. */
export function prettyFormat(value: Value): string {
  return format(sortKeys(value), 0, 0);
}

/** The value with every dict's entries in order of their keys, where the keys can be ordered. */
function sortKeys(value: Value): Value {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value instanceof PyTuple && value.constructor === PyTuple) return new PyTuple(value.items.map(sortKeys));
  if (!(value instanceof PyDict)) return value;
  const keys = Array.from(value.keys());
  let ordered: Value[];
  try {
    ordered = sorted(keys);
  } catch {
    ordered = sorted(
      keys,
      keys.map((key) => repr(key)),
    );
  }
  return new PyDict(ordered.map((key) => [key, sortKeys(value.get(key) as Value)]));
}

/** `indent` is the column the text starts in, `allowance` what must still fit behind it. */
function format(value: Value, indent: number, allowance: number, level = 1): string {
  const line = repr(value);
  if (codePointLength(line) <= WIDTH - indent - allowance) return line;
  if (value instanceof PyDict && value.size() > 0) {
    const entries = Array.from(value.entries(), ([key, item]) => ({ label: `${repr(key)}: `, item }));
    return `{${entryLines(entries, indent + 1, allowance + 1, level)}}`;
  }
  if (Array.isArray(value) && value.length > 0) {
    return `[${entryLines(
      value.map((item) => ({ label: '', item })),
      indent + 1,
      allowance + 1,
      level,
    )}]`;
  }
  if (value instanceof PyTuple && value.items.length > 0) {
    const end = value.items.length === 1 ? ',)' : ')';
    const entries = value.items.map((item) => ({ label: '', item }));
    return `(${entryLines(entries, indent + 1, allowance + end.length, level)}${end}`;
  }
  if (value instanceof PySet && value.size() > 0) {
    const entries = sorted(Array.from(value.iterate())).map((item) => ({ label: '', item }));
    return `{${entryLines(entries, indent + 1, allowance + 1, level)}}`;
  }
  return typeof value === 'string' && value !== '' ? textLines(value, indent, allowance, level) : line;
}

function entryLines(
  entries: readonly { label: string; item: Value }[],
  indent: number,
  allowance: number,
  level: number,
): string {
  const lines = entries.map(({ label, item }, i) => {
    const room = i === entries.length - 1 ? allowance : 1;
    return label + format(item, indent + codePointLength(label), room, level + 1);
  });
  return lines.join(`,\n${' '.repeat(indent)}`);
}

/** A long string as pieces that Python would read as one. */
function textLines(text: string, indent: number, allowance: number, level: number): string {
  const outermost = level === 1;
  const column = outermost ? indent + 1 : indent;
  const last = outermost ? allowance + 1 : allowance;
  const pieces: string[] = [];
  const lines = splitLines(text, true);
  lines.forEach((line, i) => {
    const room = i === lines.length - 1 ? WIDTH - column - last : WIDTH - column;
    if (codePointLength(repr(line)) <= room) {
      pieces.push(repr(line));
      return;
    }
    const words = line.match(/\S+\s*|\s+/g) ?? [];
    let current = '';
    words.forEach((word, j) => {
      const candidate = current + word;
      const width = i === lines.length - 1 && j === words.length - 1 ? WIDTH - column - last : WIDTH - column;
      if (codePointLength(repr(candidate)) > width) {
        if (current !== '') pieces.push(repr(current));
        current = word;
      } else current = candidate;
    });
    if (current !== '') pieces.push(repr(current));
  });
  if (pieces.length === 1) return pieces[0] as string;
  const joined = pieces.join(`\n${' '.repeat(column)}`);
  return outermost ? `(${joined})` : joined;
}
