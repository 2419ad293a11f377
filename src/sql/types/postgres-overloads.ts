import type { DataType } from './data-type.ts';
import { CASTS } from './postgres-functions.ts';
import { parametersFor, type Signature } from './signatures.ts';

/** The type of a literal text and of NULL, before it is known what they are for. */
export const UNKNOWN = 'unknown';

/** Types by category; within one, those of its preferred type come out of a choice. */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  string: ['text', 'character varying', 'character', 'name'],
  number: ['double precision', 'oid', 'smallint', 'integer', 'bigint', 'real', 'numeric', 'money', 'regclass'],
  time: [
    'timestamp with time zone',
    'timestamp without time zone',
    'date',
    'time with time zone',
    'time without time zone',
  ],
  span: ['interval'],
  boolean: ['boolean'],
  network: ['inet', 'cidr'],
};
const PREFERRED = new Set([
  'text',
  'double precision',
  'oid',
  'timestamp with time zone',
  'interval',
  'boolean',
  'inet',
]);
const CATEGORY: ReadonlyMap<string, string> = new Map(
  Object.entries(CATEGORIES).flatMap(([category, names]) => names.map((name) => [name, category] as const)),
);

export const categoryOf = (type: string): string => CATEGORY.get(type) ?? type;
export const isPreferred = (type: string): boolean => PREFERRED.has(type);

const IMPLICIT: ReadonlySet<string> = new Set(CASTS.trim().split('\n'));
const POLYMORPHIC = /^("any"|any[a-z]+)(\[\])?$/;
const isArray = (type: string): boolean => type.endsWith('[]');

/** Whether a value of a type is taken for another type without a cast. */
export function becomes(from: string, to: string): boolean {
  if (from === to || from === UNKNOWN) return true;
  if (!POLYMORPHIC.test(to))
    return isArray(from) && isArray(to) ? becomes(from.slice(0, -2), to.slice(0, -2)) : IMPLICIT.has(`${from}>${to}`);
  if (/array/.test(to) && !/nonarray/.test(to)) return isArray(from);
  return /nonarray/.test(to) ? !isArray(from) : true;
}

interface Candidate {
  readonly signature: Signature;
  readonly parameters: readonly string[];
}

/**
 * The signatures that Postgres would choose among for arguments of these types: one where the choice is clear. After
 * "Type Conversion" in its manual, chapters 10.2 and 10.3.
 */
export function candidates(signatures: readonly Signature[], types: readonly string[]): readonly Signature[] {
  let left: Candidate[] = [];
  for (const signature of signatures) {
    const parameters = parametersFor(signature, types.length);
    if (parameters && types.every((type, i) => becomes(type, parameters[i]!))) left.push({ signature, parameters });
  }
  const exact = left.filter(({ parameters }) => types.every((type, i) => type === parameters[i]));
  if (exact.length) return exact.map(({ signature }) => signature);
  // An operator takes a literal for the type of its other side, where there is such a one.
  if (types.length === 2 && types.includes(UNKNOWN)) {
    const other = types.find((type) => type !== UNKNOWN);
    const both = left.filter(({ parameters }) => parameters.every((type) => type === other));
    if (other && both.length) return both.map(({ signature }) => signature);
  }
  left = best(left, ({ parameters }) => count(types, (type, i) => type === parameters[i]));
  left = best(left, ({ parameters }) =>
    count(types, (type, i) => type === parameters[i] || (type !== UNKNOWN && isPreferred(parameters[i]!))),
  );
  for (const [i, type] of types.entries()) if (type === UNKNOWN) left = narrowed(left, i);
  if (left.length > 1 && types.includes(UNKNOWN)) {
    const known = new Set(types.filter((type) => type !== UNKNOWN));
    const [only] = known;
    const fitting = only ? left.filter(({ parameters }) => parameters.every((to) => becomes(only, to))) : [];
    if (known.size === 1 && fitting.length === 1) left = fitting;
  }
  return left.map(({ signature }) => signature);
}

/** What an unknown literal is for: a text if it may be one, else whatever all candidates agree on. */
function narrowed(left: Candidate[], place: number): Candidate[] {
  const categories = new Set(left.map(({ parameters }) => categoryOf(parameters[place]!)));
  const wanted = categories.has('string') ? 'string' : categories.size === 1 ? [...categories][0] : undefined;
  if (wanted === undefined) return left;
  const fitting = left.filter(({ parameters }) => categoryOf(parameters[place]!) === wanted);
  const preferred = fitting.filter(({ parameters }) => isPreferred(parameters[place]!));
  return preferred.length ? preferred : fitting;
}

function best(all: Candidate[], score: (candidate: Candidate) => number): Candidate[] {
  const most = Math.max(0, ...all.map(score));
  return all.filter((candidate) => score(candidate) === most);
}

const count = (types: readonly string[], test: (type: string, i: number) => boolean): number =>
  types.filter(test).length;

/** The result of a signature for types, where it is made of theirs; null where that is not known. */
export function resultOf(
  signature: Signature,
  types: readonly string[],
  common: (types: readonly string[]) => string | null,
): string | null {
  const { returns } = signature;
  if (!POLYMORPHIC.test(returns)) return returns;
  const parameters = parametersFor(signature, types.length)!;
  const bound = types.flatMap((type, i) => {
    const parameter = parameters[i]!;
    if (!POLYMORPHIC.test(parameter) || parameter.startsWith('"') || type === UNKNOWN) return [];
    return /array/.test(parameter) && !/nonarray/.test(parameter) ? [type.slice(0, -2)] : [type];
  });
  const element = bound.length ? common(bound) : null;
  if (element === null) return null;
  return (/array/.test(returns) && !/nonarray/.test(returns)) || isArray(returns) ? `${element}[]` : element;
}

/** The name of a type without its numbers. */
export const plainName = (type: DataType): string =>
  type.name === 'LIST' ? `${plainName(type.of![0]!)}[]` : type.name;
