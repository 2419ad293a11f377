import type { Diagnostic } from './diagnostic.ts';
import { invalidFlagValue } from './diagnostics.ts';
import type { FlagRow } from './flag-table.ts';
import type { WarnErrorOptions } from './flags.ts';

/** Reads YAML text. Passed in, so that `core` needs no YAML library. */
export type YamlReader = (text: string) => unknown;

/** A flag's value, or why there is none. */
export type FlagReading =
  | { readonly value: unknown; readonly problem?: undefined }
  | { readonly problem: Diagnostic; readonly value?: undefined };

const truths = new Set(['1', 'true', 't', 'yes', 'y', 'on']);
const falsehoods = new Set(['0', 'false', 'f', 'no', 'n', 'off']);
const moment = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}))?$/;
const period = /^\s*\d+\s+(hour|day|month|year)s?\s*$/i;

/** Reads the value of a flag from text, or takes it where it is a finished value already. */
export function readFlag(row: FlagRow, given: unknown, option: string, yaml: YamlReader): FlagReading {
  const fail = (reason: string): FlagReading => ({ problem: invalidFlagValue({ option, reason }) });
  switch (row.kind) {
    case 'boolean': {
      if (typeof given === 'boolean' || given === null) return { value: given };
      const word = String(given).trim().toLowerCase();
      if (truths.has(word)) return { value: true };
      return falsehoods.has(word) ? { value: false } : fail(`'${given}' is not a valid boolean.`);
    }
    case 'int': {
      if (Number.isInteger(given) || given === null) return { value: given };
      return /^\s*[+-]?\d+\s*$/.test(String(given))
        ? { value: Number(given) }
        : fail(`'${given}' is not a valid integer.`);
    }
    case 'list': {
      const items = Array.isArray(given) ? given.map(String) : String(given).split(/\s+/).filter(Boolean);
      return checkChoices(row, items, fail) ?? { value: items.map((item) => choiceOf(row, item)) };
    }
    case 'yaml':
      return readMapping(row, given, fail, yaml);
    case 'time': {
      if (given === null) return { value: null };
      const parts = moment.exec(String(given));
      const value = `${parts?.[1]}T${parts?.[2] ?? '00:00:00'}`;
      return parts !== null && !Number.isNaN(Date.parse(`${value}Z`))
        ? { value }
        : fail(`'${given}' does not match the formats '%Y-%m-%d', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S'.`);
    }
    case 'sample': {
      if (given === null || period.test(String(given)) || String(given).trimStart().startsWith('{')) {
        return { value: given };
      }
      return fail(`'${given}' is neither a period like '3 days' nor a mapping with start and end.`);
    }
    default: {
      if (given === null) return { value: null };
      const text = String(given);
      return checkChoices(row, [text], fail) ?? { value: choiceOf(row, text) };
    }
  }
}

function choiceOf(row: FlagRow, text: string): string {
  return row.choices?.find((choice) => choice === text.toLowerCase()) ?? text;
}

function checkChoices(
  row: FlagRow,
  items: readonly string[],
  fail: (reason: string) => FlagReading,
): FlagReading | undefined {
  const stranger = items.find((item) => row.choices?.includes(item.toLowerCase()) === false);
  if (stranger === undefined) return undefined;
  return fail(`'${stranger}' is not one of ${row.choices?.map((choice) => `'${choice}'`).join(', ')}.`);
}

function readMapping(
  row: FlagRow,
  given: unknown,
  fail: (reason: string) => FlagReading,
  yaml: YamlReader,
): FlagReading {
  let value = given;
  if (typeof given === 'string') {
    try {
      value = yaml(given) ?? {};
    } catch {
      return fail(`String '${given}' is not valid YAML`);
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail(`String '${given}' is not a YAML mapping`);
  }
  const mapping = value as Readonly<Record<string, unknown>>;
  return row.name === 'warnErrorOptions' ? readWarnErrorOptions(mapping, fail) : { value: mapping };
}

/** `include` and `exclude` are the names that `error` and `warn` had before dbt 1.8. */
function readWarnErrorOptions(
  given: Readonly<Record<string, unknown>>,
  fail: (reason: string) => FlagReading,
): FlagReading {
  const stranger = Object.keys(given).find((key) => !['error', 'warn', 'silence', 'include', 'exclude'].includes(key));
  if (stranger !== undefined) return fail(`'${stranger}' is not one of 'error', 'warn', 'silence'.`);
  for (const [key, older] of [
    ['error', 'include'],
    ['warn', 'exclude'],
  ] as const) {
    if (given[key] !== undefined && given[older] !== undefined)
      return fail(`Only \`${key}\` or \`${older}\` can be specified`);
  }
  const names = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.map(String) : value === undefined || value === null ? [] : [String(value)];
  const error = names(given.error ?? given.include);
  const options: WarnErrorOptions = {
    error: error.some((name) => name === 'all' || name === '*') ? 'all' : error,
    warn: names(given.warn ?? given.exclude),
    silence: names(given.silence),
  };
  const grouped = [...error, ...options.silence].includes('Deprecations');
  if (options.warn.length > 0 && options.error !== 'all' && !grouped) {
    return fail("`warn` needs `error: all`, or 'Deprecations' in `error` or `silence`");
  }
  return { value: options };
}
