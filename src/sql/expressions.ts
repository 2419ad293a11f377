import { nearest } from '../core/index.ts';
import {
  ambiguousColumn,
  typeMismatch,
  unknownColumn,
  unknownFunction,
  unknownSource,
  unknownType,
} from './diagnostics.ts';
import { fold, isWord } from './dialect.ts';
import { Provenance } from './provenance.ts';
import type { Relation } from './relation.ts';
import type { Run, Value } from './run.ts';
import type { Found, Scope, Source } from './scope.ts';
import { fieldOf, fieldsOf } from './structs.ts';
import {
  type CodePoints,
  childrenOf,
  type Data,
  dataOf,
  type Identifier,
  identifierAt,
  identifiersAt,
  isQuery,
  kindOf,
  type Node,
  nodeAt,
  spanWithin,
} from './syntax.ts';
import type { DataType } from './types/data-type.ts';
import { callName, expressionType } from './types/expression-type.ts';
import { isMismatch } from './types/type-system.ts';

const NOTHING: Value = { provenance: Provenance.none, type: null };

/** Kinds of node that are aggregates whatever they are called. */
const AGGREGATES = new Set(
  `aggregate_function count sum avg min max group_concat string_agg list_agg array_agg count_if sum_if stddev stddev_pop
  stddev_samp variance var_pop var_samp median mode first last any_value approx_distinct approx_count_distinct
  approx_percentile percentile logical_and logical_or skewness array_concat_agg array_unique_agg bool_xor_agg
  percentile_cont percentile_disc bitwise_and_agg bitwise_or_agg bitwise_xor_agg parameterized_agg arg_max arg_min
  approx_top_k approx_quantiles anonymous_agg_func combined_agg_func combined_parameterized_agg hash_agg hll
  object_agg json_array_agg json_object_agg j_s_o_n_array_agg j_s_o_n_object_agg j_s_o_n_b_object_agg quantile
  approx_quantile corr covar_samp covar_pop regr_slope regr_intercept regr_r2 regr_count regr_avgx regr_avgy regr_sxx
  regr_sxy regr_syy within_group`.split(/\s+/),
);

/** Functions that the parser does not know as the aggregates they are. */
const AGGREGATE_FUNCTIONS = new Set(
  `list array_agg bool_and bool_or every string_agg listagg group_concat arg_min arg_max argmin argmax min_by max_by
  histogram product kurtosis skewness entropy mad quantile_cont quantile_disc approx_quantile reservoir_quantile
  first last any_value arbitrary bit_and bit_or bit_xor count_star fsum sumkahan kahan_sum favg geomean geometric_mean
  json_agg jsonb_agg json_object_agg jsonb_object_agg json_group_array json_group_object xmlagg collect_list collect_set
  booland_agg boolor_agg boolxor_agg object_agg hll approx_top_k count_distinct approx_count_distinct
  ratio_to_report map_agg map_union multimap_agg array_union_agg checksum geometric_mean sem bitand_agg bitor_agg
  max_by_n min_by_n first_agg percentile_approx`.split(/\s+/),
);

/** True of a call that makes one value of many rows. */
export function isAggregate(node: Node): boolean {
  const kind = kindOf(node);
  if (AGGREGATES.has(kind)) return true;
  return kind === 'function' && AGGREGATE_FUNCTIONS.has(fold(String(dataOf(node).name ?? '')));
}

/** Functions of a select list that give any number of rows. */
const MANY_ROWS =
  /^(unnest|(pos)?explode|inline|stack|flatten|generate_|regexp_(matches|split_to_table)|string_to_table|jsonb?_(array_elements|each|object_keys|path_query|populate_|to_))/;

/** True of a call that makes any number of rows of one. */
export const givesRows = (node: Node): boolean => {
  const { name } = dataOf(node);
  return MANY_ROWS.test(fold(typeof name === 'string' ? name : kindOf(node)));
};

/** What an expression comes from. */
export function evaluate(run: Run, node: Node, scope: Scope): Value {
  const kind = kindOf(node);
  const data = dataOf(node);
  switch (kind) {
    case 'column':
      return columnValue(run, data, scope);
    case 'alias':
    case 'paren': {
      const inner = nodeAt(data, 'this');
      return inner ? run.value(inner, scope) : NOTHING;
    }
    case 'dot':
      return dotValue(run, node, scope);
    case 'subquery': {
      const query = nodeAt(data, 'this');
      return query ? run.value(query, scope) : NOTHING;
    }
    case 'window_function':
      return windowValue(run, data, scope);
    case 'lambda':
      return lambdaValue(run, data, scope, []);
    case 'comprehension':
      return comprehensionValue(run, data, scope);
    case 'named_argument': {
      const given = nodeAt(data, 'value');
      return given ? run.value(given, scope) : NOTHING;
    }
    case 'star':
      return starValue(data, scope);
    case 'identifier':
    case 'var':
    case 'data_type':
      return NOTHING;
    default:
      if (isQuery(node)) return queryValue(run.query(node, scope.ctes, scope), data.kind === 'STRUCT');
      checkName(run, node);
      return isAggregate(node)
        ? aggregateValue(run, node, scope)
        : typed(run, node, derived(run, evaluated(kind, data), scope, callName(node)));
  }
}

/** What of a node is looked at: the keys of `{a: 1}` are no columns. */
const evaluated = (kind: string, data: Data): Data =>
  kind === 'map_func' && data.curly_brace_syntax === true && data.with_map_keyword !== true
    ? { values: data.values }
    : data;

/** Reports a function or a type whose name is nearly that of one that the engine has. */
function checkName({ types, report, placeOfName }: Run, node: Node): void {
  const { name, to, no_parens } = dataOf(node) as {
    name?: unknown;
    to?: Data;
    no_parens?: boolean;
  };
  if (to?.data_type === 'custom' && types.names) {
    const written = String(to.name ?? '');
    const near = types.names.has(fold(written)) ? undefined : nearest(written, types.names);
    if (near !== undefined)
      report(unknownType({ name: fold(written), near }, placeOfName('type', written, spanWithin(node))));
  }
  // `current_timestamp` and its like are words of the language.
  if (kindOf(node) !== 'function' || no_parens === true || typeof name !== 'string' || !types.functions) return;
  const wanted = fold(name);
  if (types.functions.has(wanted) || AGGREGATE_FUNCTIONS.has(wanted) || wanted.includes('.')) return;
  const near = nearest(wanted, types.functions);
  if (near !== undefined) report(unknownFunction({ name, near }, placeOfName('call', name, spanWithin(node))));
}

/** What the parts of an expression come from together, and each of them. */
interface Parts extends Value {
  readonly values: ReadonlyMap<Node, Value>;
}

/** The value of an expression with its type; parts that do not go together are reported. */
function typed(run: Run, node: Node, { provenance, unknown, values }: Parts): Value {
  const found = expressionType(run.types, node, (part) => values.get(part)?.type ?? null);
  const fields = fieldsOf(node, (part) => values.get(part));
  if (!isMismatch(found)) return { provenance, type: found, unknown, fields };
  run.report(typeMismatch({ reason: found.mismatch }, run.place(spanWithin(node))));
  return { provenance, type: null, unknown, fields };
}

const typesOf = (values: Parts['values']): (DataType | null)[] => [...values.values()].map(({ type }) => type);

/** Everything below together. A lambda is looked at with what the call gives to it. */
function derived(run: Run, data: unknown, scope: Scope, call = ''): Parts {
  const parts: Provenance[] = [];
  const values = new Map<Node, Value>();
  let unknown: string | undefined;
  for (const child of childrenOf(data)) {
    const isLambda = kindOf(child) === 'lambda';
    const value = isLambda
      ? lambdaValue(run, dataOf(child), scope, run.types.parameters(call, typesOf(values)))
      : run.value(child, scope);
    parts.push(value.provenance.derived());
    values.set(child, value);
    unknown ??= value.unknown;
  }
  return { provenance: Provenance.union(parts), type: null, unknown, values };
}

/** A query in the place of a value: its columns, and whatever decides on its rows. */
function queryValue(relation: Relation, isStruct: boolean): Value {
  const columns = relation.columns.map(({ provenance }) => provenance);
  const only = relation.columns.length === 1 && !isStruct ? relation.columns[0] : undefined;
  const fields = isStruct ? relation : only?.fields;
  return {
    provenance: Provenance.union([
      ...(only ? [only.provenance] : columns.map((one) => one.derived())),
      relation.effects,
    ]),
    type: only?.type ?? null,
    unknown: relation.columns.find(({ unknown }) => unknown)?.unknown ?? relation.rest[0]?.reason,
    fields: fields?.passed((provenance) => Provenance.union([provenance, relation.effects])),
  };
}

/** Aggregates of what `WITHIN GROUP (ORDER BY …)` names; others are only ordered by it. */
const ORDERED_SETS = new Set(
  'percentile_cont percentile_disc mode approx_percentile quantile_cont quantile_disc'.split(' '),
);

function isOrderedSet(node: Node): boolean {
  const call = kindOf(node) === 'within_group' ? nodeAt(dataOf(node), 'this') : undefined;
  return call !== undefined && (ORDERED_SETS.has(kindOf(call)) || ORDERED_SETS.has(fold(String(dataOf(call).name))));
}

function aggregateValue(run: Run, node: Node, scope: Scope): Value {
  const { filter, order_by, ...args } = dataOf(node);
  const parts = derived(run, args, scope);
  const filtered = derived(run, { filter }, scope).provenance.influencing('filter');
  const order = derived(run, { order_by }, scope);
  // `percentile_cont(0.5) within group (order by a)` is made of a.
  const ordered = isOrderedSet(node) ? order.provenance.aggregated() : order.provenance.influencing('order');
  const value = typed(run, node, { ...parts, values: new Map([...parts.values, ...order.values]) });
  const together = (one: Provenance): Provenance => Provenance.union([one.aggregated(), filtered, ordered]);
  return { ...value, provenance: together(value.provenance), fields: value.fields?.passed(together) };
}

function windowValue(run: Run, data: Data, scope: Scope): Value {
  const inner = nodeAt(data, 'this');
  const value = inner ? run.value(inner, scope) : NOTHING;
  const over = data.over as Data | undefined;
  const name = over && identifierAt(over, 'window_name')?.name;
  const named = name === undefined ? undefined : scope.windows.get(fold(name));
  const window = over ? derived(run, over, scope).provenance.influencing('window') : Provenance.none;
  const windowed = (provenance: Provenance): Provenance =>
    Provenance.union([provenance.derived(), window, named ?? Provenance.none]);
  return { ...value, provenance: windowed(value.provenance), fields: value.fields?.passed(windowed) };
}

function lambdaValue(run: Run, data: Data, scope: Scope, types: readonly (DataType | null)[]): Value {
  const body = nodeAt(data, 'body');
  if (!body) return NOTHING;
  // What its arguments stand for is said by the call that the lambda is given to, and counted there.
  const locals = identifiersAt(data, 'parameters').map(({ name }, i) => ({
    name,
    type: types[i] ?? null,
    provenance: Provenance.none,
  }));
  return run.value(body, scope.within(locals));
}

/** `[expression for name in list if condition]`. */
function comprehensionValue(run: Run, data: Data, scope: Scope): Value {
  const iterator = nodeAt(data, 'iterator');
  const over = iterator ? run.value(iterator, scope) : NOTHING;
  const list = over.provenance.derived();
  const types = run.types.parameters('list_transform', [over.type]);
  const names = variablesOf(data).map((name, i) => ({ name, type: types[i] ?? null, provenance: list }));
  const inner = scope.within(names);
  const { this: body, condition } = data;
  const value = derived(run, { body }, inner);
  const filtered = derived(run, { condition }, inner).provenance.influencing('filter');
  const [element = null] = typesOf(value.values);
  const type = run.types.call('list_transform', [{ type: over.type }, { type: element }]);
  return {
    provenance: Provenance.union([value.provenance, list, filtered]),
    type: isMismatch(type) ? null : type,
    unknown: value.unknown,
  };
}

/** The names that a comprehension has for an element and its place. */
export function variablesOf(data: Data): string[] {
  return ['expression', 'position'].flatMap((field) => {
    const variable = nodeAt(data, field);
    return (variable && identifierAt(dataOf(variable), 'name')?.name) ?? [];
  });
}

/** A star inside of an expression, such as in `count(t.*)`: whole rows. */
function starValue(data: Data, scope: Scope): Value {
  const table = identifierAt(data, 'table')?.name;
  if (table === undefined) return NOTHING;
  const source = scope.source(table);
  return source ? wholeRow(source) : NOTHING;
}

function wholeRow({ relation }: Source): Value {
  return {
    provenance: Provenance.union(relation.columns.map(({ provenance }) => provenance.derived())),
    type: null,
    unknown: relation.rest[0]?.reason,
    fields: relation,
  };
}

function columnValue(run: Run, data: Data, scope: Scope): Value {
  const name = identifierAt(data, 'name');
  if (!name) return NOTHING;
  const table = identifierAt(data, 'table');
  const span = (data.span as CodePoints | null | undefined) ?? name.span;
  if (!table) return bareColumn(run, name, scope);
  const source = scope.source(table.name);
  if (source) return foundValue(run, scope.columnOf(source, name.name), name, source, scope);
  // Not a table: a field of a column.
  const field = scope.column(table.name);
  if ('column' in field && (run.dialect.fields || scope.isOpen)) return fieldOf(run, field.column, name.name);
  if (run.dialect.fields && scope.isOpen) return { ...NOTHING, unknown: `'${table.name}' is not known` };
  reportSource(run, table, span, scope);
  return NOTHING;
}

function reportSource(run: Run, { name, span }: Identifier, around: CodePoints | null | undefined, scope: Scope): void {
  const known = [...scope.sourceNames()];
  run.report(unknownSource({ name, near: nearest(name, known), known }, run.place(span ?? around)));
}

/** A bare name: a column, else a whole row, else a word of the language. */
function bareColumn(run: Run, name: Identifier, scope: Scope): Value {
  const found = scope.column(name.name);
  if ('missing' in found) {
    const source = scope.source(name.name);
    if (source) return wholeRow(source);
    if (isWord(name.name) && !name.quoted) return NOTHING;
    // DuckDB and BigQuery take double quotes for a text where that is no column.
    if (name.quoted && run.dialect.name === 'duckdb') return NOTHING;
  }
  return foundValue(run, found, name, undefined, scope);
}

function foundValue(run: Run, found: Found, name: Identifier, source: Source | undefined, scope: Scope): Value {
  if ('ambiguous' in found) {
    const sources = found.ambiguous.map((one) => one.name ?? '?');
    run.report(ambiguousColumn({ name: name.name, sources }, run.place(name.span)));
    return found.column;
  }
  if ('column' in found) return found.column;
  if (found.isCertain && !(source && isWord(name.name))) {
    const known = source
      ? source.relation.columns.flatMap((column) => (column.name === null ? [] : [column.name]))
      : [...new Set(scope.names())];
    run.report(
      unknownColumn(
        { name: name.name, source: source?.name ?? undefined, near: nearest(name.name, known), known },
        run.place(name.span),
      ),
    );
  }
  return NOTHING;
}

/** `a.b.c`: a column with its table, schema and database, or a field of a column. */
function dotValue(run: Run, node: Node, scope: Scope): Value {
  const path = pathOf(node);
  if (path) {
    const names = path.map(({ name }) => name);
    for (let length = Math.min(names.length - 1, 3); length > 1; length--) {
      const source = scope.source(names[length - 1]!, names.slice(0, length - 1));
      if (!source) continue;
      const value = foundValue(run, scope.columnOf(source, names[length]!), path[length]!, source, scope);
      return names.slice(length + 1).reduce((whole, field) => fieldOf(run, whole, field), value);
    }
  }
  const inner = nodeAt(dataOf(node), 'this');
  return inner ? fieldOf(run, run.value(inner, scope), identifierAt(dataOf(node), 'field')?.name) : NOTHING;
}

/** The names of a chain of dots; undefined where it begins with something else. */
export function pathOf(node: Node): Identifier[] | undefined {
  const data = dataOf(node);
  if (kindOf(node) === 'column') {
    const name = identifierAt(data, 'name');
    const table = identifierAt(data, 'table');
    return name && (table ? [table, name] : [name]);
  }
  if (kindOf(node) !== 'dot') return undefined;
  const inner = nodeAt(data, 'this');
  const field = identifierAt(data, 'field');
  const before = inner && pathOf(inner);
  return before && field ? [...before, field] : undefined;
}

/** Everything that a part of a query asks for, as an influence on its rows. */
export function influences(
  run: Run,
  part: unknown,
  scope: Scope,
  clause: 'filter' | 'join' | 'group' | 'order',
): Provenance {
  if (part === null || part === undefined) return Provenance.none;
  return derived(run, { part }, scope).provenance.influencing(clause);
}
