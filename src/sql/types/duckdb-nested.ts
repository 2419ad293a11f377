import { type DataType, type Field, isSame, listOf, mapOf, structOf } from './data-type.ts';
import { isText } from './duckdb-casts.ts';
import { common, NULL, settled, VARCHAR } from './duckdb-meeting.ts';
import { isInteger } from './duckdb-numbers.ts';
import type { Rule } from './duckdb-rules.ts';
import { isMismatch, type Mismatch } from './type-system.ts';

const BIGINT: DataType = { name: 'BIGINT' };

/** What something is known to be of: of lists and maps their elements are looked at. */
const elementOf = (list: DataType | null | undefined): DataType | null =>
  list?.name === 'LIST' ? settled(list.of![0]!) : null;
const known = (type: DataType | Mismatch | null): DataType | null => (type && !isMismatch(type) ? type : null);
const met = (types: readonly (DataType | null)[]): DataType | null => known(common(types, 'value'));

const listed: Rule = ([type]) => type && listOf(settled(type));
const ofList: Rule = ([list, ...others]) =>
  list?.name === 'LIST' && others.every((type) => type?.name !== 'NULL') ? settled(list) : null;
const unnested: Rule = ([list, ...others]) => (others.length ? null : elementOf(list));

/** Texts, blobs and lists in one. */
const joined: Rule = (args) => {
  if (args.some((type) => type === null)) return null;
  const types = args as DataType[];
  if (types.some(({ name }) => name === 'NULL')) return null;
  if (types.every(({ name }) => name === 'LIST')) return common(types, 'value');
  if (types.some(({ name }) => name === 'LIST')) return null;
  return types.every(({ name }) => name === 'BLOB') ? { name: 'BLOB' } : VARCHAR;
};
const lengthened = (list: DataType | null, element: DataType | null): DataType | null =>
  list?.name === 'LIST' && element ? met([list, listOf(element)]) : null;
const appended: Rule = ([list = null, element = null]) => lengthened(list, element);
const prepended: Rule = ([element = null, list = null]) => lengthened(list, element);
const sliced: Rule = ([list]) => (list && (isText(list) || list.name === 'LIST') ? settled(list) : null);

/** What stands at a place, under a key, or in a field. */
const extracted: Rule = ([value], [, key]) => {
  if (!value || value.name === 'JSON' || key?.type?.name === NULL.name) return null;
  if (value.name === 'LIST') return settled(value.of![0]!);
  if (isText(value)) return VARCHAR;
  if (value.name === 'MAP') return settled(value.of![1]!);
  const field = value.fields?.find(({ name }) => name !== '' && name.toLowerCase() === key?.literal?.toLowerCase());
  return field ? settled(field.type) : null;
};

const transformed: Rule = ([list, result]) => (list?.name === 'LIST' && result ? listOf(settled(result)) : null);
/** Without a value to begin with it stays what the elements are. */
const reduced: Rule = ([list], given) => (given.length === 2 ? elementOf(list) : null);

/** An aggregate over the elements of a list. */
const aggregated =
  (name: string): Rule =>
  ([list, ...others], _, call) => {
    const element = elementOf(list);
    return element && element.name !== NULL.name && others.length === 0 ? known(call(name, [{ type: element }])) : null;
  };
const AGGREGATES =
  `any_value avg count first last max median min mode product stddev_pop stddev_samp string_agg sum var_pop
  var_samp`.split(/\s+/);
const anAggregate: Rule = (args, given, call) => {
  const name = given[1]?.literal?.toLowerCase() ?? '';
  return args.length === 2 && AGGREGATES.includes(name) ? aggregated(name)(args.slice(0, 1), given, call) : null;
};

const keyed =
  (make: (key: DataType, value: DataType) => DataType): Rule =>
  ([map]) =>
    map?.name === 'MAP' ? settled(make(map.of![0]!, map.of![1]!)) : null;
const entry = (key: DataType, value: DataType): DataType =>
  structOf([
    { name: 'key', type: key },
    { name: 'value', type: value },
  ]);
const mapped: Rule = ([keys, values, ...others], given) => {
  if (given.length === 0) return mapOf(NULL, NULL);
  const [key, value] = [elementOf(keys), elementOf(values)];
  return key && value && !others.length ? mapOf(key, value) : null;
};
const mapOfEntries: Rule = ([list]) => {
  const [key, value, ...others] = elementOf(list)?.fields ?? [];
  return key && value && !others.length ? mapOf(key.type, value.type) : null;
};
const allTheSame: Rule = ([first, ...others]) =>
  first && others.every((type) => type && isSame(settled(type), settled(first))) ? settled(first) : null;

/** A struct of values that are given under names. */
const packed: Rule = (args, given) => {
  const fields = given.map(({ name }, i): Field | null => {
    const type = args[i];
    return name !== undefined && type ? { name, type: settled(type) } : null;
  });
  return fields.length && fields.every((field) => field !== null) ? structOf(fields as Field[]) : null;
};
const row: Rule = (args) =>
  args.length && args.every((type) => type !== null)
    ? structOf(args.map((type) => ({ name: '', type: settled(type!) })))
    : null;
const widened: Rule = (args, given, call) => {
  const [struct] = args;
  const more = known(packed(args.slice(1), given.slice(1), call) ?? null);
  return struct?.fields && more ? structOf([...struct.fields, ...more.fields!]) : null;
};

/** Calls that a lambda is given to. */
const OVER_ELEMENTS = /^(list_|array_)?(transform|apply|filter)$/;
const OVER_PAIRS = /^(list_|array_)?reduce$/;

/** The types of the parameters of a lambda. */
export function parameters(call: string, [list = null]: readonly (DataType | null)[]): readonly (DataType | null)[] {
  const element = elementOf(list);
  if (OVER_ELEMENTS.test(call)) return [element, BIGINT];
  return OVER_PAIRS.test(call) ? [element, element, BIGINT] : [];
}

/** What several functions of one kind are called. */
const named = (names: string, rule: Rule): Record<string, Rule> =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, rule]));

/** Rules of lists, maps and structs, by the name of the function or operator. */
export const NESTED: Readonly<Record<string, Rule>> = {
  '||': joined,
  '[]': (args, given, call) => (args[0]?.name === 'JSON' ? { name: 'JSON' } : extracted(args, given, call)),
  '->': ([value]) => (value && (isText(value) || value.name === 'JSON') ? { name: 'JSON' } : null),
  '->>': ([value]) => (value && (isText(value) || value.name === 'JSON') ? VARCHAR : null),
  list: listed,
  array_agg: listed,
  list_value: (args) => {
    const element = common(args, 'value');
    return element && !isMismatch(element) ? listOf(element) : null;
  },
  unnest: unnested,
  ...named('list_extract array_extract struct_extract', extracted),
  ...named(
    `list_filter array_filter filter list_select array_select list_where array_where list_sort array_sort list_reverse_sort
    array_reverse_sort list_distinct array_distinct list_reverse array_reverse list_resize array_resize`,
    ofList,
  ),
  ...named('list_slice array_slice', sliced),
  ...named('list_concat list_cat array_concat array_cat', joined),
  ...named('list_append array_append array_push_back', appended),
  ...named('list_prepend array_prepend', prepended),
  ...named('list_transform array_transform list_apply array_apply apply', transformed),
  ...named('list_reduce array_reduce reduce', reduced),
  ...named('list_aggregate array_aggregate list_aggr array_aggr aggregate', anAggregate),
  ...Object.fromEntries(AGGREGATES.map((name) => [`list_${name}`, aggregated(name)])),
  flatten: ([list]) => {
    const inner = elementOf(list);
    return inner?.name === 'LIST' ? inner : null;
  },
  array_to_string: ([list]) => (list?.name === 'LIST' ? VARCHAR : null),
  generate_subscripts: () => BIGINT,
  map: mapped,
  map_keys: keyed((key) => listOf(key)),
  map_values: keyed((_, value) => listOf(value)),
  map_entries: keyed((key, value) => listOf(entry(key, value))),
  map_extract: keyed((_, value) => listOf(value)),
  element_at: keyed((_, value) => listOf(value)),
  map_extract_value: keyed((_, value) => value),
  map_from_entries: mapOfEntries,
  map_concat: allTheSame,
  histogram: ([type], given) => {
    const counted = type ? settled(type) : null;
    // Of a few types it counts others than they are.
    const isPlain =
      counted && (isInteger(counted) || ['VARCHAR', 'DATE', 'TIMESTAMP', 'BOOLEAN'].includes(counted.name));
    return isPlain && given.length === 1 ? mapOf(counted, { name: 'UBIGINT' }) : null;
  },
  struct_pack: packed,
  struct_insert: widened,
  row,
  tuple: row,
};
