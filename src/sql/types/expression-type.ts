import { childrenOf, type Data, dataOf, identifierAt, kindOf, type Node, nodeAt, nodesAt } from '../syntax.ts';
import { type DataType, type Field, isSame, structOf } from './data-type.ts';
import { type Argument, isMismatch, type Mismatch, type TypeSystem } from './type-system.ts';
import { writtenType } from './written-type.ts';

/** The type of a part of an expression that has been looked at already; null where it is not known. */
export type TypeOf = (node: Node) => DataType | null;

/** Kinds of node whose value is true or false. */
const TESTS = new Set(
  `eq neq lt lte gt gte and or not xor is is_null is_true is_false is_not_null between in exists like i_like
  similar_to regexp_like regexp_i_like null_safe_eq null_safe_neq any all some not_like glob starts_with overlaps
  array_contains_all array_contained_by array_overlaps`.split(/\s+/),
);
/** Tests that compare two values, and whether they ask for an order. */
const COMPARISONS: Readonly<Record<string, boolean>> = {
  eq: false,
  neq: false,
  lt: true,
  lte: true,
  gt: true,
  gte: true,
};

/** Functions and operators that the parser has words of its own for. */
const NAMES: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  int_div: '//',
  mod: '%',
  mod_func: 'mod',
  pow: '**',
  neg: '-',
  concat: '||',
  d_pipe: '||',
  bitwise_and: '&',
  bitwise_or: '|',
  bitwise_left_shift: '<<',
  bitwise_right_shift: '>>',
  bitwise_not: '~',
  str_position: 'strpos',
  logical_or: 'bool_or',
  logical_and: 'bool_and',
  ceil: 'ceil',
  list_agg: 'listagg',
  power: 'power',
  array_func: 'list_value',
  day_of_year: 'dayofyear',
  day_of_week: 'dayofweek',
  day_of_month: 'dayofmonth',
  week_of_year: 'weekofyear',
  stddev_samp: 'stddev_samp',
  stddev_pop: 'stddev_pop',
};

/** Fields that are no arguments. */
const NO_ARGUMENTS = new Set(['filter', 'order_by', 'distinct', 'over', 'ignore_nulls', 'having_max', 'limit']);

/** The type of an expression from those of its parts; a mismatch where they certainly do not go together. */
export function expressionType(types: TypeSystem, node: Node, typeOf: TypeOf): DataType | Mismatch | null {
  const kind = kindOf(node);
  const data = dataOf(node);
  if (TESTS.has(kind)) return tested(types, kind, data, typeOf) ?? types.boolean;
  switch (kind) {
    case 'literal':
      return types.literal(String(data.literal_type), String(data.value));
    case 'boolean':
      return types.boolean;
    case 'null':
      return types.nothing;
    case 'interval':
      return types.read('interval');
    case 'cast':
    case 'try_cast':
    case 'safe_cast':
      return data.to ? writtenType(types, data.to as Data) : null;
    case 'case':
      return types.common(branches(data).map(typeOf), 'value');
    case 'if_func':
      return types.common(
        ['true_value', 'false_value'].map((field) => typeAt(types, data, field, typeOf)),
        'value',
      );
    case 'coalesce':
      return types.common(nodesAt(data, 'expressions').map(typeOf), 'value');
    case 'count':
      return types.call('count', []);
    case 'extract':
      return types.call('extract', [
        { type: null, literal: String(data.field) },
        argument(nodeAt(data, 'this'), typeOf),
      ]);
    case 'at_time_zone':
      return types.call('timezone', [argument(nodeAt(data, 'zone'), typeOf), argument(nodeAt(data, 'this'), typeOf)]);
    case 'json_extract':
    case 'json_extract_scalar': {
      const name = `${data.hash_arrow_syntax === true ? '#' : '-'}>${kind === 'json_extract' ? '' : '>'}`;
      return types.call(name, [argument(nodeAt(data, 'this'), typeOf), argument(nodeAt(data, 'path'), typeOf)]);
    }
    case 'subscript':
      if (kindOf(nodeAt(data, 'index') ?? {}) === 'slice')
        return types.call('list_slice', [argument(nodeAt(data, 'this'), typeOf)]);
      return types.call('[]', [argument(nodeAt(data, 'this'), typeOf), argument(nodeAt(data, 'index'), typeOf)]);
    case 'array_slice':
      return types.call('list_slice', [argument(nodeAt(data, 'this'), typeOf)]);
    case 'within_group': {
      const inner = nodeAt(data, 'this');
      const [first] = (data.order_by as Data[] | undefined) ?? [];
      const by = first && nodeAt(first, 'this');
      if (!inner || !by) return null;
      // What the call itself is given has not been looked at by itself; as a rule it is a literal.
      const typeWithin = (part: Node): DataType | null => {
        const found = expressionType(types, part, typeOf);
        return isMismatch(found) ? null : found;
      };
      return types.call(callName(inner), [argument(by, typeOf), ...argumentsOf(dataOf(inner), typeWithin)]);
    }
    case 'struct':
    case 'map_func':
      if (data.with_map_keyword === true) return mapType(types, data, typeOf);
      return data.curly_brace_syntax === true || kind === 'struct' ? structType(data, typeOf) : null;
    case 'collation':
      return typeAt(types, data, 'this', typeOf);
    default:
      return types.call(callName(node), argumentsOf(data, typeOf));
  }
}

function tested(types: TypeSystem, kind: string, data: Data, typeOf: TypeOf): Mismatch | undefined {
  const fields = kind === 'between' ? ['this', 'low', 'high'] : kind in COMPARISONS ? ['left', 'right'] : [];
  const [value, ...others] = fields.map((field) => typeAt(types, data, field, typeOf));
  if (!value || others.some((other) => other === null)) return undefined;
  return types.comparison(value, others as DataType[], COMPARISONS[kind] ?? true);
}

/** The values of CASE: that of ELSE comes first, as in Postgres. */
function branches(data: Data): Node[] {
  const whens = (data.whens as [unknown, unknown][] | undefined) ?? [];
  return [...childrenOf([data.else_]), ...whens.flatMap(([, then]) => [...childrenOf([then])])];
}

const typeAt = (types: TypeSystem, data: Data, field: string, typeOf: TypeOf): DataType | null => {
  const node = nodeAt(data, field);
  return node ? typeOf(node) : types.nothing;
};

/** `MAP {'a': 1, 'b': x}`. */
function mapType(types: TypeSystem, data: Data, typeOf: TypeOf): DataType | Mismatch | null {
  const lists = ['keys', 'values'].map((field) =>
    types.call(
      'list_value',
      nodesAt(data, field).map((node) => argument(node, typeOf)),
    ),
  );
  const [keys, values] = lists;
  if (!keys || !values || isMismatch(keys) || isMismatch(values)) return null;
  return types.call('map', [{ type: keys }, { type: values }]);
}

/** `{'a': 1, b: x}`: the keys are texts or names. */
function structType(data: Data, typeOf: TypeOf): DataType | null {
  const keys = nodesAt(data, 'keys');
  const values = nodesAt(data, 'values');
  const fields = keys.map((key, i): Field | null => {
    const { value, literal_type: kind } = dataOf(key);
    const name =
      kind === 'string' ? String(value) : kindOf(key) === 'column' && identifierAt(dataOf(key), 'name')?.name;
    const type = typeOf(values[i]!);
    return name && type ? { name, type } : null;
  });
  return fields.length && fields.every((field) => field !== null) ? structOf(fields as Field[]) : null;
}

/** The name of the function or operator that a node calls. */
export function callName(node: Node): string {
  const kind = kindOf(node);
  const { name, original_name: original } = dataOf(node);
  if (kind === 'function' || kind === 'aggregate_function') return String(name).toLowerCase();
  return NAMES[kind] ?? (typeof original === 'string' ? original.toLowerCase() : kind);
}

/** Everything that a call is given, in the order in which the parser keeps it. */
function argumentsOf(data: Data, typeOf: TypeOf): Argument[] {
  return Object.entries(data).flatMap(([field, value]) =>
    NO_ARGUMENTS.has(field) || value === null ? [] : argumentsIn(data, field, typeOf),
  );
}

function argumentsIn(data: Data, field: string, typeOf: TypeOf): Argument[] {
  if (Array.isArray(data[field])) return nodesAt(data, field).map((node) => argument(node, typeOf));
  const node = nodeAt(data, field);
  // Only a node has a single kind; anything else is a setting of the call.
  return node && Object.keys(node).length === 1 && !identifierAt(data, field) ? [argument(node, typeOf)] : [];
}

function argument(node: Node | undefined, typeOf: TypeOf): Argument {
  if (!node) return { type: null };
  const { value } = dataOf(node);
  const type = typeOf(node);
  if (kindOf(node) === 'literal') return { type, literal: String(value) };
  if (kindOf(node) === 'column' || kindOf(node) === 'named_argument')
    return { type, name: identifierAt(dataOf(node), 'name')?.name };
  const inner = kindOf(node) === 'neg' ? nodeAt(dataOf(node), 'this') : undefined;
  if (inner && kindOf(inner) === 'literal') return { type, literal: `-${String(dataOf(inner).value)}` };
  return { type };
}

/** The type of a column that two relations give one after the other; null where it is not known. */
export function unionType(types: TypeSystem, all: readonly (DataType | null)[]): DataType | Mismatch | null {
  const [first = null] = all;
  if (first && all.every((type) => type && isSame(type, first))) return first;
  const met = types.common(all, 'union');
  return met === null || isMismatch(met) ? met : types.asColumn(met);
}
