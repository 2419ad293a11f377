import { type DataType, listOf } from './data-type.ts';
import { common, settled, VARCHAR } from './duckdb-meeting.ts';
import {
  asDecimal,
  commonNumber,
  decimal,
  decimalProduct,
  decimalSum,
  isDecimal,
  isInteger,
  isNumber,
} from './duckdb-numbers.ts';
import { type Argument, isMismatch, type Mismatch } from './type-system.ts';

const BIGINT: DataType = { name: 'BIGINT' };
const DOUBLE: DataType = { name: 'DOUBLE' };
const TIMESTAMP: DataType = { name: 'TIMESTAMP' };

/** What is known of a call besides what its signatures say; undefined where those decide. */
export type Rule = (
  args: readonly (DataType | null)[],
  given: readonly Argument[],
  call: (name: string, given: readonly Argument[]) => DataType | Mismatch | null,
) => DataType | Mismatch | null | undefined;

export const same: Rule = ([first]) => first && settled(first);
const text: Rule = () => VARCHAR;
const unknown: Rule = () => null;
const meet: Rule = (args) => common(args, 'value');
/** What a function gives is a literal no more. */
const extremeOf: Rule = (args) => {
  const met = common(args, 'value');
  return met && !isMismatch(met) ? settled(met) : met;
};

const sum: Rule = ([type]) => (type && isDecimal(type) ? decimal(38, type.numbers![1]!) : undefined);

/** One value, or some where the argument at a place says how many. */
const oneOrSome =
  (place: number): Rule =>
  (args) => {
    const [type = null] = args;
    return type && (args.length > place ? listOf(settled(type)) : settled(type));
  };
const extreme = oneOrSome(1);
const extremeBy = oneOrSome(2);

const average: Rule = ([type]) => (type && isDecimal(type) ? DOUBLE : undefined);

/** What lies between two values of a type. */
const between: Rule = ([type, at]) => {
  if (!type) return null;
  const plain = settled(type);
  const one = isInteger(plain) ? DOUBLE : plain.name === 'DATE' ? TIMESTAMP : plain;
  if (!isNumber(one) && !/^TIME|^INTERVAL$/.test(one.name)) return null;
  return at === null ? null : at?.name === 'LIST' ? listOf(one) : one;
};

const whole: Rule = ([type]) => (type && isDecimal(type) ? decimal(type.numbers![0]!, 0) : undefined);

const rounded: Rule = ([type, places], [, given]) => {
  if (!type || !isDecimal(type)) return undefined;
  const [width, scale] = type.numbers as [number, number];
  if (places === undefined) return decimal(width, 0);
  if (given?.literal === undefined) return null;
  return decimal(width, Math.min(scale, Math.max(0, Number(given.literal))));
};

/** Operators on decimals, where neither side is a floating number. */
function decimalOperator(work: (a: readonly [number, number], b: readonly [number, number]) => DataType | null): Rule {
  return ([left, right]) => {
    if (!left || !right) return undefined;
    if (!isDecimal(left) && !isDecimal(right)) return undefined;
    const [a, b] = [asDecimal(left), asDecimal(right)];
    return a && b ? work(a, b) : undefined;
  };
}

const sumOrDifference = decimalOperator(decimalSum);
const negated: Rule = ([type]) =>
  type === null ? null : type?.value === undefined ? undefined : { name: type.name, value: -type.value };

const concatenated: Rule = (args) => {
  const types = args.map((type) => type?.name);
  return types.every((name) => name && name !== 'LIST' && name !== 'BLOB' && name !== 'NULL') ? VARCHAR : null;
};
const partOfDate: Rule = (_, [part]) => {
  if (part?.literal === undefined) return null;
  return ['epoch', 'julian'].includes(part.literal.toLowerCase()) ? DOUBLE : BIGINT;
};

/** A format with a time zone gives another type. */
const parsedTime: Rule = (_, [, format]) =>
  format?.literal === undefined || /%z/i.test(format.literal) ? null : TIMESTAMP;

/** Rules by the name of the function or operator. */
export const RULES: Readonly<Record<string, Rule>> = {
  '+': (args, given, call) => (args.length === 1 ? same(args, given, call) : sumOrDifference(args, given, call)),
  '-': (args, given, call) => (args.length === 1 ? negated(args, given, call) : sumOrDifference(args, given, call)),
  '*': decimalOperator((a, b) => decimalProduct(a, b) ?? null),
  // The parser has no word for `//`, which is read as `%`: of decimals the one is a decimal and the other is not.
  '%': decimalOperator(() => null),
  mod: decimalOperator((a, b) => commonNumber(decimal(...a), decimal(...b))),
  concat: concatenated,
  concat_ws: text,
  // With a list of names it gives a struct.
  regexp_extract: ([, , group]) => (group === null || group?.name === 'LIST' ? null : undefined),
  abs: ([type]) => (type && (isDecimal(type) || type.value !== undefined) ? settled(type) : undefined),
  round: rounded,
  floor: whole,
  ceil: whole,
  ceiling: whole,
  trunc: rounded,
  sum,
  avg: average,
  mean: average,
  min: extreme,
  max: extreme,
  any_value: same,
  arbitrary: same,
  first: same,
  last: same,
  mode: same,
  arg_max: extremeBy,
  arg_min: extremeBy,
  argmax: extremeBy,
  argmin: extremeBy,
  max_by: extremeBy,
  min_by: extremeBy,
  lag: same,
  lead: same,
  first_value: same,
  last_value: same,
  nth_value: same,
  nullif: same,
  median: between,
  quantile_cont: between,
  percentile_cont: between,
  quantile_disc: ([type, at]) => (at === null ? null : at?.name === 'LIST' ? null : type && settled(type)),
  percentile_disc: same,
  coalesce: meet,
  ifnull: meet,
  greatest: extremeOf,
  least: extremeOf,
  extract: partOfDate,
  date_part: partOfDate,
  datepart: partOfDate,
  strptime: parsedTime,
  try_strptime: parsedTime,
  split_part: text,
  date_add: (_, given, call) => call('+', given),
  // What these give depends on more than the types of their arguments.
  grouping_id: unknown,
};
