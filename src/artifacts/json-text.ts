import { isPrintable } from './python-text.ts';

/**
 * JSON of plain data, as Python has it: `1.0` stays apart from `1`, and a whole number may have any number of digits.
 * Undefined where JSON has no word for the value.
 */
export function jsonText(value: unknown): string | undefined {
  return hasOtherNumbers(value) ? written(value) : JSON.stringify(value);
}

/** Whether there is a number that JSON.stringify does not know. To look costs a fourth of what writing does. */
function hasOtherNumbers(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint';
  if (Array.isArray(value)) return value.some(hasOtherNumbers);
  if (isFloat(value)) return true;
  for (const key in value) if (hasOtherNumbers((value as Readonly<Record<string, unknown>>)[key])) return true;
  return false;
}

function written(value: unknown): string | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => written(item) ?? 'null').join(',')}]`;
  if (isFloat(value)) return value.repr();
  if ('toJSON' in value && typeof value.toJSON === 'function') return written(value.toJSON());
  const members = Object.entries(value).flatMap(([key, item]) => {
    const text = written(item);
    return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`];
  });
  return `{${members.join(',')}}`;
}

/** A float that is a whole number is an object, as the template runtime has it. */
const isFloat = (value: object): value is { repr(): string } => isPrintable(value) && value.typeName === 'float';
