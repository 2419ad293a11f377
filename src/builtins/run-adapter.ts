import type { AdapterMethod, Credentials, Dialect, QueryResult, SessionMethod } from '../adapter/index.ts';
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
import { type AdapterFacts, commonMembers } from './adapter.ts';
import type { AdapterHost } from './adapter-host.ts';
import { databaseMethods, jinjaMethods } from './adapter-methods.ts';
import { Attributes, type Members } from './attributes.ts';
import type { BehaviorValue } from './behavior.ts';
import { ColumnValue } from './column.ts';
import { strategyMacro } from './incremental-strategy.ts';
import type { MacroScope } from './macros.ts';
import { RelationValue } from './relation.ts';
import type { RelationCache } from './relation-cache.ts';
import { relationType } from './relation-kind.ts';
import { AdapterResponse } from './results.ts';
import { seedType } from './seed-table.ts';
import { constantFunction, plainFunction, waitingFunction } from './signature.ts';
import { checkSnapshot } from './snapshot-target.ts';
import { emptyTable, TableValue, tableOf } from './table.ts';
import { wait } from './wait.ts';

const isMissingRelation = (error: unknown): boolean =>
  error instanceof DiagnosticError && error.diagnostics.some(({ message }) => /does not exist/i.test(message));

/** `adapter` of one template that is run: its warehouse, and the macros that say in SQL what lists, creates and drops. */
class RunningAdapter implements AdapterFacts {
  readonly host: AdapterHost;
  readonly macros: MacroScope;

  constructor(host: AdapterHost, macros: MacroScope) {
    this.host = host;
    this.macros = macros;
  }

  get type(): string {
    return this.host.type;
  }
  get dialect(): Dialect {
    return this.host.dialect;
  }
  get behavior(): BehaviorValue {
    return this.host.behavior;
  }
  get credentials(): Credentials {
    return this.host.credentials;
  }
  get cache(): RelationCache {
    return this.host.cache;
  }

  /** Calls a macro of the root project, or else of dbt, by name. */
  call(runtime: Runtime, name: string, args: readonly Value[]): Waiting {
    return runtime.callWaiting(this.macros.rootMacro(name), [...args], null);
  }

  /** The relations that the macro of that name lists. */
  *list(schema: RelationValue, runtime: Runtime): Waiting<RelationValue[]> {
    const table = yield* this.call(runtime, 'list_relations_without_caching', [schema]);
    if (!(table instanceof TableValue)) return [];
    return table.rows.map((row) => {
      const [database, name, schemaName, type] = row.map((cell) => (cell === null ? null : str(cell)));
      const names = {
        database: database ?? null,
        schema: schemaName ?? null,
        identifier: name ?? null,
        type: relationType(type ?? null),
      };
      return new RelationValue(this.dialect, names, this.host.quoting);
    });
  }

  /** Lists a schema, unless the cache knows what is in it. */
  *#fill(runtime: Runtime, database: string | null, schema: string | null): Waiting<void> {
    if (this.cache.isCached(database, schema)) return;
    const wanted = new RelationValue(this.dialect, { database, schema, identifier: null }, this.host.quoting);
    this.cache.fill(database, schema, yield* this.list(wanted.withoutIdentifier(), runtime));
  }

  *relations(runtime: Runtime, database: string | null, schema: string | null): Waiting<RelationValue[]> {
    yield* this.#fill(runtime, database, schema);
    return this.cache.relations(database, schema);
  }

  *find(runtime: Runtime, database: string | null, schema: string | null, identifier: string): Waiting {
    yield* this.#fill(runtime, database, schema);
    return this.cache.find(database, schema, identifier) ?? null;
  }

  *columnsOf(runtime: Runtime, relation: Value): Waiting<ColumnValue[]> {
    const columns = yield* this.answered(runtime, relation);
    return Array.isArray(columns) ? columns.filter((c) => c instanceof ColumnValue) : [];
  }

  /** What the macro answers, which a project may replace, whatever it is. */
  *answered(runtime: Runtime, relation: Value): Waiting<Value> {
    const known = relation instanceof RelationValue ? this.host.knownColumns?.(relation) : undefined;
    if (known) return known;
    try {
      return yield* this.call(runtime, 'get_columns_in_relation', [relation]);
    } catch (error) {
      // Projects ask for the columns of what may not be there yet: it has none, whichever way the macro asks.
      if (isMissingRelation(error)) return [];
      throw error;
    }
  }
}

/** A method that has a macro do something to a relation. */
const onRelation = (at: RunningAdapter, name: string, macro: string, after: (relation: RelationValue) => void) =>
  waitingFunction(name, ['relation'], function* ([relation], runtime) {
    if (!(relation instanceof RelationValue))
      throw new PyError('TypeError', `${name}() takes a Relation, got ${str(relation ?? null)}`);
    after(relation);
    yield* at.call(runtime, macro, [relation]);
    return null;
  });

const atRun: Members<RunningAdapter> = {
  commit: (at) => request('commit', () => at.host.commit()),
  ensure_transaction: (at) => request('ensure_transaction', () => at.host.begin()),
  execute: (at) =>
    waitingFunction('execute', ['sql', 'auto_begin?', 'fetch?', 'limit?'], function* ([sql, autoBegin, fetch, limit]) {
      const options = {
        autoBegin: autoBegin === true,
        fetch: fetch === true,
        limit: typeof limit === 'number' ? limit : undefined,
      };
      const result = yield* wait(() => at.host.execute(str(sql!), options));
      return new PyTuple([responseOf(result), options.fetch ? tableOf(result, at.host.print) : emptyTable()]);
    }),
  add_query: (at) =>
    waitingFunction('add_query', ['sql', 'auto_begin?', 'bindings?', 'abridge_sql_log?'], function* ([sql, autoBegin]) {
      yield* wait(() => at.host.execute(str(sql!), { autoBegin: autoBegin !== false, fetch: false }));
      return null;
    }),
  get_relation: (at) =>
    waitingFunction('get_relation', ['database', 'schema', 'identifier'], ([database, schema, identifier], runtime) =>
      at.find(runtime, nullable(database), nullable(schema), str(identifier!)),
    ),
  already_exists: (at) =>
    waitingFunction('already_exists', ['schema', 'table'], function* ([schema, table], runtime) {
      return (yield* at.find(runtime, at.host.database, nullable(schema), str(table!))) !== null;
    }),
  list_relations: (at) =>
    waitingFunction('list_relations', ['database', 'schema'], ([database, schema], runtime) =>
      at.relations(runtime, nullable(database), nullable(schema)),
    ),
  list_relations_without_caching: (at) =>
    waitingFunction('list_relations_without_caching', ['schema_relation'], ([relation], runtime) =>
      at.list(relation as RelationValue, runtime),
    ),
  list_schemas: (at) =>
    waitingFunction('list_schemas', ['database'], function* ([database], runtime) {
      const table = yield* at.call(runtime, 'list_schemas', [database!]);
      return table instanceof TableValue ? table.rows.map((row) => row[0]!) : [];
    }),
  check_schema_exists: (at) =>
    waitingFunction('check_schema_exists', ['database', 'schema'], function* ([database, schema], runtime) {
      const relation = new RelationValue(
        at.dialect,
        { database: nullable(database), schema: nullable(schema), identifier: null },
        at.host.quoting,
      );
      const table = yield* at.call(runtime, 'check_schema_exists', [relation.informationSchema(), schema!]);
      return table instanceof TableValue && Number(table.rows[0]?.[0] ?? 0) > 0;
    }),
  get_columns_in_relation: (at) =>
    waitingFunction('get_columns_in_relation', ['relation'], ([relation], runtime) => at.answered(runtime, relation!)),
  get_missing_columns: (at) =>
    waitingFunction('get_missing_columns', ['from_relation', 'to_relation'], function* ([from, to], runtime) {
      const columns = yield* at.columnsOf(runtime, from!);
      const there = new Set((yield* at.columnsOf(runtime, to!)).map((c) => c.name));
      return columns.filter((c) => !there.has(c.name));
    }),
  expand_target_column_types: (at) =>
    waitingFunction('expand_target_column_types', ['from_relation', 'to_relation'], function* ([from, to], runtime) {
      const wanted = new Map((yield* at.columnsOf(runtime, from!)).map((c) => [c.name, c]));
      for (const column of yield* at.columnsOf(runtime, to!)) {
        const goal = wanted.get(column.name);
        if (goal && column.canExpandTo(goal))
          yield* at.call(runtime, 'alter_column_type', [to!, column.name, ColumnValue.stringType(goal.stringSize())]);
      }
      return null;
    }),
  get_column_schema_from_query: (at) =>
    waitingFunction('get_column_schema_from_query', ['sql'], function* ([sql]) {
      const result = yield* wait(() => at.host.execute(str(sql!), { autoBegin: false, fetch: true, limit: 0 }));
      return result.columns.flatMap((c) => ColumnValue.ofResult(at.dialect, c.name, c.dataType).flatten());
    }),
  create_schema: (at) =>
    waitingFunction('create_schema', ['relation'], function* ([relation], runtime) {
      yield* at.call(runtime, 'create_schema', [relation!]);
      yield* wait(() => at.host.commit());
      return null;
    }),
  drop_schema: (at) =>
    waitingFunction('drop_schema', ['relation'], function* ([relation], runtime) {
      yield* at.call(runtime, 'drop_schema', [relation!]);
      yield* wait(() => at.host.commit());
      if (relation instanceof RelationValue) at.cache.dropSchema(relation.database, relation.schema);
      return null;
    }),
  drop_relation: (at) => onRelation(at, 'drop_relation', 'drop_relation', (relation) => at.cache.drop(relation)),
  truncate_relation: (at) => onRelation(at, 'truncate_relation', 'truncate_relation', () => {}),
  rename_relation: (at) =>
    waitingFunction('rename_relation', ['from_relation', 'to_relation'], function* ([from, to], runtime) {
      if (!(from instanceof RelationValue) || !(to instanceof RelationValue))
        throw new PyError('TypeError', 'rename_relation() takes two Relations');
      at.cache.rename(from, to);
      yield* at.call(runtime, 'rename_relation', [from, to]);
      return null;
    }),
  cache_added: (at) => cacheFunction('cache_added', (relation) => at.cache.add(relation)),
  cache_dropped: (at) => cacheFunction('cache_dropped', (relation) => at.cache.drop(relation)),
  cache_renamed: (at) =>
    plainFunction('cache_renamed', ['from_relation', 'to_relation'], ([from, to]) => {
      if (from instanceof RelationValue && to instanceof RelationValue) at.cache.rename(from, to);
      return '';
    }),
  valid_snapshot_target: (at) =>
    waitingFunction('valid_snapshot_target', ['relation', 'column_names?'], function* ([relation, names], runtime) {
      yield* checkSnapshot(at.columnsOf(runtime, relation!), names, ['dbt_scd_id', 'dbt_valid_from', 'dbt_valid_to']);
      return null;
    }),
  assert_valid_snapshot_target_given_strategy: (at) =>
    waitingFunction(
      'assert_valid_snapshot_target_given_strategy',
      ['relation', 'column_names', 'strategy'],
      function* ([relation, names, strategy], runtime) {
        const needed = ['dbt_scd_id', 'dbt_valid_from', 'dbt_valid_to'];
        if (strategy instanceof PyDict && strategy.get('hard_deletes') === 'new_record') needed.push('dbt_is_deleted');
        yield* checkSnapshot(at.columnsOf(runtime, relation!), names, needed);
        return null;
      },
    ),
  get_incremental_strategy_macro: (at) =>
    plainFunction('get_incremental_strategy_macro', ['model_context', 'strategy'], ([, strategy], runtime) =>
      strategyMacro(
        at.host,
        at.macros,
        strategy === null || strategy === undefined ? 'default' : str(strategy),
        runtime,
      ),
    ),
  build_catalog_relation: (_at) => constantFunction('build_catalog_relation', () => null),
  get_catalog_integration: (_at) => constantFunction('get_catalog_integration', () => null),
  convert_type: (at) =>
    plainFunction('convert_type', ['agate_table', 'col_idx'], ([table, index]) =>
      seedType(at.dialect, table!, Number(index)),
    ),
  bulk_load_seed: (at) =>
    waitingFunction('bulk_load_seed', ['model', 'agate_table'], function* ([model, table]) {
      return yield* wait(() => at.host.loadSeed(model!, table!));
    }),
};

/** `adapter` at run, for the templates of an adapter with these methods of its own. */
export function runAdapter(
  methods: Readonly<Record<string, AdapterMethod>>,
  sessionMethods: Readonly<Record<string, SessionMethod>>,
): (host: AdapterHost, macros: MacroScope) => Attributes {
  const members: Members<RunningAdapter> = {
    ...commonMembers,
    ...jinjaMethods(methods),
    ...databaseMethods(sessionMethods),
    ...atRun,
  };
  return (host, macros) => new Attributes('adapter', members, new RunningAdapter(host, macros));
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
