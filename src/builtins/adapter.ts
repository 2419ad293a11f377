import type { AdapterMethod, Credentials, Dialect } from '../adapter/index.ts';
import { PyTuple, type Value } from '../jinja/index.ts';
import { jinjaMethods } from './adapter-methods.ts';
import { Attributes, type Members } from './attributes.ts';
import type { BehaviorValue } from './behavior.ts';
import { columnApi } from './column.ts';
import { columnDefinitions, tableConstraints } from './constraints.ts';
import { grantsDict } from './grants.ts';
import type { MacroScope } from './macros.ts';
import { RelationValue } from './relation.ts';
import { AdapterResponse } from './results.ts';
import { constantFunction, plainFunction } from './signature.ts';
import { hardDeletes } from './snapshot-target.ts';
import { emptyTable, TableValue, withoutTimestamps } from './table.ts';

const EMPTY_RESPONSE = new AdapterResponse('');

/** What `adapter` has to know in every form. */
export interface AdapterFacts {
  readonly type: string;
  readonly dialect: Dialect;
  readonly behavior: BehaviorValue;
  readonly credentials: Credentials;
  readonly macros: MacroScope;
}

const quote = ({ quoteCharacter }: Dialect, name: Value | undefined): string =>
  quoteCharacter + String(name) + quoteCharacter;

/** What both forms answer without a warehouse. */
export const commonMembers: Members<AdapterFacts> = {
  dispatch: ({ macros }) => macros.dispatch(),
  type: ({ type }) => constantFunction('type', () => type),
  quote: ({ dialect }) => plainFunction('quote', ['identifier'], ([name]) => quote(dialect, name)),
  quote_as_configured: ({ dialect }) =>
    plainFunction('quote_as_configured', ['identifier', 'quote_key'], ([name]) => quote(dialect, name)),
  quote_seed_column: ({ dialect }) =>
    plainFunction('quote_seed_column', ['column', 'quote_config?'], ([name, config]) =>
      // The name is whatever the first line of a file says: a quote in it must not end it.
      config === false
        ? String(name)
        : quote(dialect, String(name).replaceAll(dialect.quoteCharacter, dialect.quoteCharacter.repeat(2))),
    ),
  Relation: ({ dialect }) => RelationValue.api(dialect),
  Column: ({ dialect }) => columnApi(dialect),
  behavior: ({ behavior }) => behavior,
  nice_connection_name: () => constantFunction('nice_connection_name', () => 'master'),
  render_raw_columns_constraints: ({ dialect }) =>
    plainFunction('render_raw_columns_constraints', ['raw_columns'], ([columns]) =>
      columnDefinitions(columns!, dialect),
    ),
  render_raw_model_constraints: ({ dialect }) =>
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

/** `adapter` while parsing: what asks the warehouse answers nothing. */
export function parseAdapter(
  type: string,
  dialect: Dialect,
  methods: Readonly<Record<string, AdapterMethod>>,
  credentials: Credentials,
  behavior: BehaviorValue,
): (macros: MacroScope) => Attributes {
  const none = (name: string) => () => constantFunction(name, () => null);
  const list = (name: string) => () => constantFunction(name, () => []);
  const members: Members<AdapterFacts> = {
    ...commonMembers,
    ...jinjaMethods(methods),
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
  return (macros) => new Attributes('adapter', members, { type, dialect, behavior, credentials, macros });
}
