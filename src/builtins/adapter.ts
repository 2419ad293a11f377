import type { AdapterMethod, Credentials, Dialect, QueryResult } from '../adapter/index.ts';
import { DiagnosticError } from '../core/index.ts';
import {
  PyDict,
  PyError,
  type PyFunction,
  PyTuple,
  type Runtime,
  str,
  type Value,
  type Waiting,
} from '../jinja/index.ts';
import type { AdapterHost } from './adapter-host.ts';
import { databaseMethods, jinjaMethods } from './adapter-methods.ts';
import { Attributes } from './attributes.ts';
import type { BehaviorValue } from './behavior.ts';
import { ColumnValue, columnApi } from './column.ts';
import { columnDefinitions, tableConstraints } from './constraints.ts';
import { grantsDict } from './grants.ts';
import { strategyMacro } from './incremental-strategy.ts';
import type { MacroScope } from './macros.ts';
import { RelationValue } from './relation.ts';
import { relationType } from './relation-kind.ts';
import { AdapterResponse } from './results.ts';
import { seedType } from './seed-table.ts';
import { constantFunction, plainFunction, waitingFunction } from './signature.ts';
import { checkSnapshot, hardDeletes } from './snapshot-target.ts';
import { emptyTable, TableValue, tableOf, withoutTimestamps } from './table.ts';
import { wait } from './wait.ts';

/** Calls a macro of the root project, or else of dbt, by name. */
export type MacroCall = (runtime: Runtime, name: string, args: readonly Value[]) => Waiting;

const EMPTY_RESPONSE = new AdapterResponse('');

/** What both forms answer without a warehouse. */
function common(type: string, dialect: Dialect, behavior: BehaviorValue): Record<string, () => Value> {
  const quote = (name: string): string => dialect.quoteCharacter + name + dialect.quoteCharacter;
  return {
    type: () => constantFunction('type', () => type),
    quote: () => plainFunction('quote', ['identifier'], ([name]) => quote(String(name))),
    quote_as_configured: () =>
      plainFunction('quote_as_configured', ['identifier', 'quote_key'], ([name]) => quote(String(name))),
    quote_seed_column: () =>
      plainFunction('quote_seed_column', ['column', 'quote_config?'], ([name, config]) =>
        // The name is whatever the first line of a file says: a quote in it must not end it.
        config === false
          ? String(name)
          : quote(String(name).replaceAll(dialect.quoteCharacter, dialect.quoteCharacter.repeat(2))),
      ),
    Relation: () => RelationValue.api(dialect),
    Column: () => columnApi(dialect),
    behavior: () => behavior,
    nice_connection_name: () => constantFunction('nice_connection_name', () => 'master'),
    render_raw_columns_constraints: () =>
      plainFunction('render_raw_columns_constraints', ['raw_columns'], ([columns]) =>
        columnDefinitions(columns!, dialect),
      ),
    render_raw_model_constraints: () =>
      plainFunction('render_raw_model_constraints', ['raw_constraints'], ([constraints]) =>
        tableConstraints(constraints!, dialect),
      ),
    get_hard_deletes_behavior: () =>
      plainFunction('get_hard_deletes_behavior', ['config'], ([config]) => hardDeletes(config!)),
    standardize_grants_dict: () =>
      plainFunction('standardize_grants_dict', ['grants_table'], ([table]) => grantsDict(table!)),
    convert_datetimes_to_strs: () =>
      plainFunction('convert_datetimes_to_strs', ['table'], ([table]) =>
        table instanceof TableValue ? withoutTimestamps(table) : table!,
      ),
    cache_added: () => constantFunction('cache_added', () => ''),
    cache_dropped: () => constantFunction('cache_dropped', () => ''),
    cache_renamed: () => constantFunction('cache_renamed', () => ''),
    commit: () => constantFunction('commit', () => ''),
  };
}

/**
 * `adapter` while parsing: what asks the warehouse answers nothing. As thousands of templates are parsed, only
 * `dispatch` is made for each.
 */
export function parseAdapter(
  type: string,
  dialect: Dialect,
  methods: Readonly<Record<string, AdapterMethod>>,
  credentials: Credentials,
  behavior: BehaviorValue,
): (macros: MacroScope) => Attributes {
  const none = (name: string) => () => constantFunction(name, () => null);
  const list = (name: string) => () => constantFunction(name, () => []);
  const shared: Record<string, () => Value> = {
    ...common(type, dialect, behavior),
    ...jinjaMethods(methods, credentials),
    execute: () => constantFunction('execute', () => new PyTuple([EMPTY_RESPONSE, emptyTable()])),
    get_relation: none('get_relation'),
    load_relation: none('load_relation'),
    get_columns_in_relation: list('get_columns_in_relation'),
    get_columns_in_table: list('get_columns_in_table'),
    get_column_schema_from_query: list('get_column_schema_from_query'),
    get_missing_columns: list('get_missing_columns'),
    list_relations: list('list_relations'),
    list_relations_without_caching: list('list_relations_without_caching'),
    list_schemas: list('list_schemas'),
    check_schema_exists: () => constantFunction('check_schema_exists', () => false),
    already_exists: () => constantFunction('already_exists', () => false),
    create_schema: none('create_schema'),
    drop_schema: none('drop_schema'),
    drop_relation: none('drop_relation'),
    truncate_relation: none('truncate_relation'),
    rename_relation: none('rename_relation'),
    expand_target_column_types: none('expand_target_column_types'),
    valid_snapshot_target: none('valid_snapshot_target'),
    assert_valid_snapshot_target_given_strategy: none('assert_valid_snapshot_target_given_strategy'),
    get_incremental_strategy_macro: none('get_incremental_strategy_macro'),
    build_catalog_relation: none('build_catalog_relation'),
    get_catalog_integration: none('get_catalog_integration'),
    bulk_load_seed: none('bulk_load_seed'),
    ensure_transaction: none('ensure_transaction'),
    add_query: none('add_query'),
  };
  return (macros) => new Attributes('adapter', shared, { dispatch: () => macros.dispatch() });
}

const isMissingRelation = (error: unknown): boolean =>
  error instanceof DiagnosticError && error.diagnostics.some(({ message }) => /does not exist/i.test(message));

/** `adapter` at run. */
export function runAdapter(host: AdapterHost, macros: MacroScope): Attributes {
  const { cache, dialect } = host;
  /** Calls a macro of the root project, or else of dbt, by name: what lists, creates and drops is said in SQL there. */
  const call: MacroCall = (runtime, name, args) => runtime.callWaiting(macros.rootMacro(name), [...args], null);

  /** Lists a schema, unless the cache knows what is in it. */
  const fill = function* (runtime: Runtime, database: string | null, schema: string | null): Waiting<void> {
    if (cache.isCached(database, schema)) return;
    const wanted = new RelationValue(dialect, { database, schema, identifier: null }, host.quoting).withoutIdentifier();
    cache.fill(database, schema, yield* listRelations(host, wanted, call, runtime));
  };

  const relations = function* (
    runtime: Runtime,
    database: string | null,
    schema: string | null,
  ): Waiting<RelationValue[]> {
    yield* fill(runtime, database, schema);
    return cache.relations(database, schema);
  };

  const find = function* (
    runtime: Runtime,
    database: string | null,
    schema: string | null,
    identifier: string,
  ): Waiting {
    yield* fill(runtime, database, schema);
    return cache.find(database, schema, identifier) ?? null;
  };

  const columnsOf = function* (runtime: Runtime, relation: Value): Waiting<ColumnValue[]> {
    const columns = yield* answered(runtime, relation);
    return Array.isArray(columns) ? columns.filter((c) => c instanceof ColumnValue) : [];
  };

  /** What the macro answers, which a project may replace, whatever it is. */
  const answered = function* (runtime: Runtime, relation: Value): Waiting<Value> {
    const known = relation instanceof RelationValue ? host.knownColumns?.(relation) : undefined;
    if (known) return known;
    try {
      return yield* call(runtime, 'get_columns_in_relation', [relation]);
    } catch (error) {
      // Projects ask for the columns of what may not be there yet: it has none, whichever way the macro asks.
      if (isMissingRelation(error)) return [];
      throw error;
    }
  };

  const onRelation = (name: string, macro: string, after: (relation: RelationValue) => void) =>
    waitingFunction(name, ['relation'], function* ([relation], runtime) {
      if (!(relation instanceof RelationValue))
        throw new PyError('TypeError', `${name}() takes a Relation, got ${str(relation ?? null)}`);
      after(relation);
      yield* call(runtime, macro, [relation]);
      return null;
    });

  return new Attributes('adapter', {
    dispatch: () => macros.dispatch(),
    ...common(host.type, dialect, host.behavior),
    ...jinjaMethods(host.methods, host.credentials),
    ...databaseMethods(host),
    commit: () => request('commit', () => host.commit()),
    ensure_transaction: () => request('ensure_transaction', () => host.begin()),
    execute: () =>
      waitingFunction(
        'execute',
        ['sql', 'auto_begin?', 'fetch?', 'limit?'],
        function* ([sql, autoBegin, fetch, limit]) {
          const options = {
            autoBegin: autoBegin === true,
            fetch: fetch === true,
            limit: typeof limit === 'number' ? limit : undefined,
          };
          const result = yield* wait(() => host.execute(str(sql!), options));
          return new PyTuple([responseOf(result), options.fetch ? tableOf(result, host.print) : emptyTable()]);
        },
      ),
    add_query: () =>
      waitingFunction(
        'add_query',
        ['sql', 'auto_begin?', 'bindings?', 'abridge_sql_log?'],
        function* ([sql, autoBegin]) {
          yield* wait(() => host.execute(str(sql!), { autoBegin: autoBegin !== false, fetch: false }));
          return null;
        },
      ),
    get_relation: () =>
      waitingFunction('get_relation', ['database', 'schema', 'identifier'], ([database, schema, identifier], runtime) =>
        find(runtime, nullable(database), nullable(schema), str(identifier!)),
      ),
    already_exists: () =>
      waitingFunction('already_exists', ['schema', 'table'], function* ([schema, table], runtime) {
        return (yield* find(runtime, host.database, nullable(schema), str(table!))) !== null;
      }),
    list_relations: () =>
      waitingFunction('list_relations', ['database', 'schema'], ([database, schema], runtime) =>
        relations(runtime, nullable(database), nullable(schema)),
      ),
    list_relations_without_caching: () =>
      waitingFunction('list_relations_without_caching', ['schema_relation'], ([relation], runtime) =>
        listRelations(host, relation as RelationValue, call, runtime),
      ),
    list_schemas: () =>
      waitingFunction('list_schemas', ['database'], function* ([database], runtime) {
        const table = yield* call(runtime, 'list_schemas', [database!]);
        return table instanceof TableValue ? table.rows.map((row) => row[0]!) : [];
      }),
    check_schema_exists: () =>
      waitingFunction('check_schema_exists', ['database', 'schema'], function* ([database, schema], runtime) {
        const relation = new RelationValue(
          dialect,
          { database: nullable(database), schema: nullable(schema), identifier: null },
          host.quoting,
        );
        const table = yield* call(runtime, 'check_schema_exists', [relation.informationSchema(), schema!]);
        return table instanceof TableValue && Number(table.rows[0]?.[0] ?? 0) > 0;
      }),
    get_columns_in_relation: () =>
      waitingFunction('get_columns_in_relation', ['relation'], ([relation], runtime) => answered(runtime, relation!)),
    get_missing_columns: () =>
      waitingFunction('get_missing_columns', ['from_relation', 'to_relation'], function* ([from, to], runtime) {
        const columns = yield* columnsOf(runtime, from!);
        const there = new Set((yield* columnsOf(runtime, to!)).map((c) => c.name));
        return columns.filter((c) => !there.has(c.name));
      }),
    expand_target_column_types: () =>
      waitingFunction('expand_target_column_types', ['from_relation', 'to_relation'], function* ([from, to], runtime) {
        const wanted = new Map((yield* columnsOf(runtime, from!)).map((c) => [c.name, c]));
        for (const column of yield* columnsOf(runtime, to!)) {
          const goal = wanted.get(column.name);
          if (goal && column.canExpandTo(goal))
            yield* call(runtime, 'alter_column_type', [to!, column.name, ColumnValue.stringType(goal.stringSize())]);
        }
        return null;
      }),
    get_column_schema_from_query: () =>
      waitingFunction('get_column_schema_from_query', ['sql'], function* ([sql]) {
        const result = yield* wait(() => host.execute(str(sql!), { autoBegin: false, fetch: true, limit: 0 }));
        return result.columns.flatMap((c) => ColumnValue.ofResult(dialect, c.name, c.dataType).flatten());
      }),
    create_schema: () =>
      waitingFunction('create_schema', ['relation'], function* ([relation], runtime) {
        yield* call(runtime, 'create_schema', [relation!]);
        yield* wait(() => host.commit());
        return null;
      }),
    drop_schema: () =>
      waitingFunction('drop_schema', ['relation'], function* ([relation], runtime) {
        yield* call(runtime, 'drop_schema', [relation!]);
        yield* wait(() => host.commit());
        if (relation instanceof RelationValue) cache.dropSchema(relation.database, relation.schema);
        return null;
      }),
    drop_relation: () => onRelation('drop_relation', 'drop_relation', (relation) => cache.drop(relation)),
    truncate_relation: () => onRelation('truncate_relation', 'truncate_relation', () => {}),
    rename_relation: () =>
      waitingFunction('rename_relation', ['from_relation', 'to_relation'], function* ([from, to], runtime) {
        if (!(from instanceof RelationValue) || !(to instanceof RelationValue))
          throw new PyError('TypeError', 'rename_relation() takes two Relations');
        cache.rename(from, to);
        yield* call(runtime, 'rename_relation', [from, to]);
        return null;
      }),
    cache_added: () => cacheFunction('cache_added', (relation) => cache.add(relation)),
    cache_dropped: () => cacheFunction('cache_dropped', (relation) => cache.drop(relation)),
    cache_renamed: () =>
      plainFunction('cache_renamed', ['from_relation', 'to_relation'], ([from, to]) => {
        if (from instanceof RelationValue && to instanceof RelationValue) cache.rename(from, to);
        return '';
      }),
    valid_snapshot_target: () =>
      waitingFunction('valid_snapshot_target', ['relation', 'column_names?'], function* ([relation, names], runtime) {
        yield* checkSnapshot(columnsOf(runtime, relation!), names, ['dbt_scd_id', 'dbt_valid_from', 'dbt_valid_to']);
        return null;
      }),
    assert_valid_snapshot_target_given_strategy: () =>
      waitingFunction(
        'assert_valid_snapshot_target_given_strategy',
        ['relation', 'column_names', 'strategy'],
        function* ([relation, names, strategy], runtime) {
          const needed = ['dbt_scd_id', 'dbt_valid_from', 'dbt_valid_to'];
          if (strategy instanceof PyDict && strategy.get('hard_deletes') === 'new_record')
            needed.push('dbt_is_deleted');
          yield* checkSnapshot(columnsOf(runtime, relation!), names, needed);
          return null;
        },
      ),
    get_incremental_strategy_macro: () =>
      plainFunction('get_incremental_strategy_macro', ['model_context', 'strategy'], ([, strategy], runtime) =>
        strategyMacro(host, macros, strategy === null || strategy === undefined ? 'default' : str(strategy), runtime),
      ),
    build_catalog_relation: () => constantFunction('build_catalog_relation', () => null),
    get_catalog_integration: () => constantFunction('get_catalog_integration', () => null),
    convert_type: () =>
      plainFunction('convert_type', ['agate_table', 'col_idx'], ([table, index]) =>
        seedType(dialect, table!, Number(index)),
      ),
    bulk_load_seed: () =>
      waitingFunction('bulk_load_seed', ['model', 'agate_table'], function* ([model, table]) {
        return yield* wait(() => host.loadSeed(model!, table!));
      }),
  });
}

const nullable = (value: Value | undefined): string | null =>
  value === undefined || value === null ? null : str(value);

function request(name: string, run: () => Promise<unknown>): PyFunction {
  return waitingFunction(name, [], function* () {
    yield* wait(run);
    return '';
  });
}

function cacheFunction(name: string, change: (relation: RelationValue) => void): PyFunction {
  return plainFunction(name, ['relation'], ([relation]) => {
    if (relation instanceof RelationValue) change(relation);
    return '';
  });
}

/** dbt's response object of a statement. */
export function responseOf(result: QueryResult): AdapterResponse {
  const { message, code, rowsAffected } = result.response;
  return new AdapterResponse(message, code ?? null, rowsAffected ?? null);
}

/** The relations that the macro of that name lists. */
export function* listRelations(
  host: Pick<AdapterHost, 'dialect' | 'quoting'>,
  schema: RelationValue,
  call: MacroCall,
  runtime: Runtime,
): Waiting<RelationValue[]> {
  const table = yield* call(runtime, 'list_relations_without_caching', [schema]);
  if (!(table instanceof TableValue)) return [];
  return table.rows.map((row) => {
    const [database, name, schemaName, type] = row.map((cell) => (cell === null ? null : str(cell)));
    const names = {
      database: database ?? null,
      schema: schemaName ?? null,
      identifier: name ?? null,
      type: relationType(type ?? null),
    };
    return new RelationValue(host.dialect, names, host.quoting);
  });
}
