import { type DataType, isSame, listOf, readType, structOf, typeText } from './data-type.ts';
import { castCost, isKnownType, isText } from './duckdb-casts.ts';
import { FUNCTIONS } from './duckdb-functions.ts';
import {
  asDecimal,
  commonNumber,
  decimal,
  decimalProduct,
  decimalSum,
  integerType,
  isDecimal,
  isInteger,
  isNumber,
} from './duckdb-numbers.ts';
import { FunctionTable, parametersFor, type Signature } from './signatures.ts';
import { duckdbNames } from './type-names.ts';
import { type Argument, isMismatch, type Meeting, type Mismatch, type TypeSystem } from './type-system.ts';

const NULL: DataType = { name: 'NULL' };
const STRING: DataType = { name: 'STRING_LITERAL' };
const BOOLEAN: DataType = { name: 'BOOLEAN' };
const VARCHAR: DataType = { name: 'VARCHAR' };
const BIGINT: DataType = { name: 'BIGINT' };
const DOUBLE: DataType = { name: 'DOUBLE' };
const INTEGER: DataType = { name: 'INTEGER' };
const TIMESTAMP: DataType = { name: 'TIMESTAMP' };

const functions = new FunctionTable(FUNCTIONS);

/** Types in DuckDB 1.5, as its binder gives them. */
export const duckdbTypes: TypeSystem = {
  boolean: BOOLEAN,
  nothing: NULL,
  literal,
  read: (text) => readType(text, duckdbNames) ?? null,
  call,
  common,
  comparison(value, others, isOrdered) {
    if (!isOrdered || !isMismatch(common([value, ...others], 'value'))) return undefined;
    return { mismatch: `${shown(value)} cannot be compared with ${others.map(shown).join(' and ')}` };
  },
  hasOpenLiterals: false,
  asColumn: settled,
  asStored: (type) => stored(type),
  hasFunction: (name) => functions.has(name) || name in RULES,
};

function literal(kind: string, text: string): DataType | null {
  switch (kind) {
    case 'string':
    case 'escape_string':
    case 'dollar_string':
      return STRING;
    case 'number':
      return number(text.replaceAll('_', ''));
    case 'date':
      return { name: 'DATE' };
    case 'timestamp':
    case 'datetime':
      return TIMESTAMP;
    case 'time':
      return { name: 'TIME' };
    default:
      return null;
  }
}

function number(text: string): DataType | null {
  if (/^\d+$/.test(text)) return integerType(BigInt(text));
  const [, before, after] = /^(\d*)\.(\d*)$/.exec(text) ?? [];
  if (before === undefined || after === undefined) return /^[\d.]+e[+-]?\d+$/i.test(text) ? DOUBLE : null;
  const width = before.length + after.length;
  return width > 38 ? DOUBLE : decimal(width, after.length);
}

/** A literal is the type it is written as once it is a column. */
function settled(type: DataType): DataType {
  if (type.name === 'STRING_LITERAL') return VARCHAR;
  if (type.value !== undefined) return { name: type.name };
  if (type.of) return { ...type, of: type.of.map(settled) };
  if (type.fields) return structOf(type.fields.map(({ name, type: inner }) => ({ name, type: settled(inner) })));
  return type;
}

/** Nothing but NULL is an integer in a table. */
function stored(type: DataType): DataType {
  const plain = settled(type);
  if (plain.name === 'NULL') return INTEGER;
  if (plain.of) return { ...plain, of: plain.of.map(stored) };
  if (plain.fields) return structOf(plain.fields.map(({ name, type: inner }) => ({ name, type: stored(inner) })));
  return plain;
}

const shown = (type: DataType): string => typeText(settled(type));

/** What meets in a union, each type giving way to those after it. */
const RANKS = [
  'NULL',
  'BOOLEAN',
  'TIME',
  'DATE',
  'TIMESTAMP',
  'TIMESTAMP WITH TIME ZONE',
  'INTERVAL',
  'VARCHAR',
  'BLOB',
  'UUID',
  'STRUCT',
  'LIST',
  'JSON',
];

function common(types: readonly (DataType | null)[], meeting: Meeting): DataType | Mismatch | null {
  if (types.some((type) => type === null)) return null;
  // Literals give way to whatever else there is, and so come last.
  const all = (types as DataType[]).toSorted((a, b) => Number(a.name === STRING.name) - Number(b.name === STRING.name));
  let met: DataType = NULL;
  for (const type of all) {
    const next = commonOfTwo(met, type, meeting);
    if (next === null || isMismatch(next)) return next;
    met = next;
  }
  return met;
}

function commonOfTwo(a: DataType, b: DataType, meeting: Meeting): DataType | Mismatch | null {
  if (a.name === 'NULL') return b;
  if (b.name === 'NULL') return a;
  if (isSame(a, b)) return a.value === undefined ? a : b.value === undefined ? b : settled(a);
  if (!isKnownType(a) || !isKnownType(b)) return null;
  if (isNumber(a) && isNumber(b)) return commonNumber(a, b);
  if (a.name === 'JSON' || b.name === 'JSON') return { name: 'JSON' };
  if (b.name === 'STRING_LITERAL') return a.of || a.fields ? null : settled(a);
  if (a.name === 'STRING_LITERAL') return b.of || b.fields ? null : settled(b);
  if (a.name === 'BOOLEAN' && isInteger(b)) return settled(b);
  if (b.name === 'BOOLEAN' && isInteger(a)) return settled(a);
  if (a.name === 'LIST' && b.name === 'LIST') {
    const element = commonOfTwo(a.of![0]!, b.of![0]!, meeting);
    return element && !isMismatch(element) ? listOf(element) : element && mismatched(a, b);
  }
  if (a.name === b.name) return null;
  const [low, high] = [a, b].toSorted((one, other) => rank(one) - rank(other)) as [DataType, DataType];
  if (low.name === 'BOOLEAN' && isNumber(high)) return meeting === 'union' ? settled(high) : mismatched(a, b);
  const isDated = rank(low) >= RANKS.indexOf('DATE') && rank(high) <= RANKS.indexOf('TIMESTAMP WITH TIME ZONE');
  if (isNumber(low) && high.name === 'BOOLEAN') return meeting === 'union' ? settled(low) : mismatched(a, b);
  if (meeting === 'union' || isDated) return rank(low) < 0 && !isNumber(low) ? null : settled(high);
  return mismatched(a, b);
}

const rank = (type: DataType): number => RANKS.indexOf(type.name);

const mismatched = (a: DataType, b: DataType): Mismatch => ({
  mismatch: `${shown(a)} and ${shown(b)} are no one type without a cast`,
});

/** What is known of a call besides what its signatures say; undefined where those decide. */
type Rule = (args: readonly (DataType | null)[], given: readonly Argument[]) => DataType | Mismatch | null | undefined;

const same: Rule = ([first]) => first && settled(first);
const text: Rule = () => VARCHAR;
const unknown: Rule = () => null;
const meet: Rule = (args) => common(args, 'value');

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

const difference = decimalOperator(decimalSum);
const negated: Rule = ([type]) =>
  type === null ? null : type?.value === undefined ? undefined : { name: type.name, value: -type.value };

const concatenated: Rule = (args) => {
  const types = args.map((type) => type?.name);
  return types.every((name) => name && name !== 'LIST' && name !== 'BLOB' && name !== 'NULL') ? VARCHAR : null;
};
const joined: Rule = (args) => {
  if (args.some((type) => type === null)) return null;
  const types = args as DataType[];
  if (types.some(({ name }) => name === 'NULL')) return null;
  if (types.every(({ name }) => name === 'LIST')) return common(types, 'value');
  if (types.some(({ name }) => name === 'LIST')) return null;
  return types.every(({ name }) => name === 'BLOB') ? { name: 'BLOB' } : VARCHAR;
};

const elementOf: Rule = ([list]) => (list?.name === 'LIST' ? settled(list.of![0]!) : null);
const extracted: Rule = ([value], [, key]) => {
  if (!value || value.name === 'JSON') return null;
  if (value.name === 'LIST') return settled(value.of![0]!);
  if (isText(value)) return VARCHAR;
  if (value.name === 'MAP') return settled(value.of![1]!);
  const field = value.fields?.find(({ name }) => name.toLowerCase() === key?.literal?.toLowerCase());
  return field ? settled(field.type) : null;
};

const ofList: Rule = ([list, ...others]) =>
  list?.name === 'LIST' && others.every((type) => type?.name !== 'NULL') ? settled(list) : null;
const listed: Rule = ([type]) => type && listOf(settled(type));
const partOfDate: Rule = (_, [part]) => {
  if (part?.literal === undefined) return null;
  return ['epoch', 'julian'].includes(part.literal.toLowerCase()) ? DOUBLE : BIGINT;
};

/** A format with a time zone gives another type. */
const parsedTime: Rule = (_, [, format]) =>
  format?.literal === undefined || /%z/i.test(format.literal) ? null : TIMESTAMP;

const RULES: Readonly<Record<string, Rule>> = {
  '+': (args, given) => (args.length === 1 ? same(args, given) : decimalOperator(decimalSum)(args, given)),
  '-': (args, given) => (args.length === 1 ? negated(args, given) : difference(args, given)),
  '*': decimalOperator((a, b) => decimalProduct(a, b) ?? null),
  // The parser has no word for `//`, which is read as `%`: of decimals the one is a decimal and the other is not.
  '%': decimalOperator(() => null),
  mod: decimalOperator((a, b) => commonNumber(decimal(...a), decimal(...b))),
  '||': joined,
  concat: concatenated,
  concat_ws: text,
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
  greatest: meet,
  least: meet,
  list: listed,
  array_agg: listed,
  list_value: (args) => {
    const element = common(args, 'value');
    return element && !isMismatch(element) ? listOf(element) : null;
  },
  unnest: elementOf,
  '[]': (args, given) => (args[0]?.name === 'JSON' ? { name: 'JSON' } : extracted(args, given)),
  '->': ([value]) => (value && (isText(value) || value.name === 'JSON') ? { name: 'JSON' } : null),
  '->>': ([value]) => (value && (isText(value) || value.name === 'JSON') ? VARCHAR : null),
  list_extract: extracted,
  array_extract: extracted,
  list_filter: ofList,
  array_filter: ofList,
  list_select: ofList,
  array_select: ofList,
  list_where: ofList,
  array_where: ofList,
  list_sort: ofList,
  array_sort: ofList,
  list_distinct: ofList,
  array_distinct: ofList,
  list_reverse: ofList,
  list_slice: ([list]) => (list && (isText(list) || list.name === 'LIST') ? settled(list) : null),
  list_concat: joined,
  extract: partOfDate,
  date_part: partOfDate,
  datepart: partOfDate,
  strptime: parsedTime,
  try_strptime: parsedTime,
  split_part: text,
  date_add: ([left, right]) => {
    if (!left || !right) return null;
    return call('+', [{ type: left }, { type: right }]);
  },
  // What these give depends on more than the types of their arguments.
  histogram: unknown,
  grouping_id: unknown,
};

function call(name: string, given: readonly Argument[]): DataType | Mismatch | null {
  const args = given.map(({ type }) => type);
  const known = Object.hasOwn(RULES, name) ? RULES[name]!(args, given) : undefined;
  if (known !== undefined) return known;
  const signatures = functions.signatures(name);
  return signatures.length ? resolved(name, args, signatures) : null;
}

/** The signature that costs least; null where several cost the same and give different types. */
function resolved(
  name: string,
  args: readonly (DataType | null)[],
  signatures: readonly Signature[],
): DataType | Mismatch | null {
  if (args.some((type) => type === null || type.name === NULL.name)) return agreed(args.length, signatures);
  const types = args as DataType[];
  let least = Number.POSITIVE_INFINITY;
  let best: Signature[] = [];
  for (const signature of signatures) {
    const cost = costOf(types, parametersFor(signature, types.length));
    if (cost === undefined || cost > least) continue;
    if (cost < least) best = [];
    least = cost;
    best.push(signature);
  }
  if (best.length === 0) {
    const isOpen = types.some((type) => !isKnownType(type) || type.of || type.fields);
    if (isOpen || types.length === 0 || !functions.isComplete(name)) return null;
    return { mismatch: `there is no ${name}(${types.map(shown).join(', ')})` };
  }
  const results = best.map((signature) => returned(signature, types));
  const [first = null] = results;
  return first && results.every((result) => result && isSame(result, first)) ? first : null;
}

/** What all signatures with that many parameters give: known without the types of the arguments. */
function agreed(count: number, signatures: readonly Signature[]): DataType | null {
  const results = signatures
    .filter((signature) => parametersFor(signature, count))
    .map(({ returns }) => (isTemplate(returns) ? null : (readType(returns, duckdbNames) ?? null)));
  const [first = null] = results;
  return first && results.every((result) => result && isSame(result, first)) ? first : null;
}

function costOf(types: readonly DataType[], parameters: readonly string[] | undefined): number | undefined {
  if (!parameters) return undefined;
  let all = 0;
  for (const [i, type] of types.entries()) {
    const cost = castCost(type, parameters[i]!);
    if (cost === undefined) return undefined;
    all += cost;
  }
  return all;
}

/** Types that are made of those of the arguments, and decimals, whose width depends on them. */
const isTemplate = (type: string): boolean => /^(ANY|T|K|V|DECIMAL|STRUCT.*|UNION|LIST|ENUM|MAP)(\[.*\])?$/.test(type);

function returned(signature: Signature, types: readonly DataType[]): DataType | null {
  const { returns } = signature;
  if (!isTemplate(returns)) return readType(returns, duckdbNames) ?? null;
  if (!/^T(\[\])?$/.test(returns)) return null;
  const parameters = parametersFor(signature, types.length)!;
  const bound = types.flatMap((type, i) => {
    if (parameters[i] === 'T') return [type];
    return parameters[i] === 'T[]' && type.name === 'LIST' ? [type.of![0]!] : [];
  });
  const met = bound.length ? common(bound, 'value') : null;
  if (met === null || isMismatch(met)) return null;
  return returns === 'T' ? settled(met) : listOf(settled(met));
}
