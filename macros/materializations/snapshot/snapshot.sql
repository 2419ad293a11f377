{#- Snapshots: every version of every row, each with the time from which and to which it was true. -#}

{% materialization snapshot, default %}
  {%- set target_exists, target_relation = get_or_create_relation(
    database=model.database, schema=model.schema, identifier=model.get('alias', model.get('name')), type='table'
  ) -%}
  {%- if not target_relation.is_table -%}
    {%- do exceptions.relation_wrong_type(target_relation, 'table') -%}
  {%- endif -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- set strategy_macro = strategy_dispatch(config.get('strategy')) -%}
  {%- set strategy = strategy_macro(model, 'snapshotted_data', 'source_data', model['config'], target_exists) -%}

  {%- set staging_table = none -%}
  {%- if not target_exists -%}
    {%- set versions_sql = build_snapshot_table(strategy, model['compiled_code']) -%}
    {%- set main_sql = create_table_as(False, target_relation, versions_sql) -%}
  {%- else -%}
    {%- if flags.EMPTY -%}
      {#- With --empty every row is missing from the source: none of them was deleted. -#}
      {%- do strategy.update({'hard_deletes': 'ignore', 'invalidate_hard_deletes': false}) -%}
    {%- else -%}
      {%- do adapter.assert_valid_snapshot_target_given_strategy(target_relation, snapshot_columns(), strategy) -%}
    {%- endif -%}
    {%- set versions_sql = snapshot_staging_table(strategy, sql, target_relation) -%}
    {%- set staging_table = build_snapshot_staging_table(strategy, sql, target_relation) -%}
    {%- do adapter.expand_target_column_types(from_relation=staging_table, to_relation=target_relation) -%}

    {%- set helpers = snapshot_helper_columns(strategy.unique_key) -%}
    {%- do create_columns(target_relation, adapter.get_missing_columns(staging_table, target_relation) | rejectattr('name', 'in', helpers) | list) -%}
    {%- set inserted = [] -%}
    {%- for column in adapter.get_columns_in_relation(staging_table) if column.name not in helpers -%}
      {%- do inserted.append(adapter.quote(column.name)) -%}
    {%- endfor -%}
    {%- set main_sql = snapshot_merge_sql(target=target_relation, source=staging_table, insert_cols=inserted) -%}
  {%- endif -%}

  {%- do check_time_data_types(versions_sql) -%}
  {%- call statement('main') -%}
    {{ main_sql }}
  {%- endcall -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(target_exists, full_refresh_mode=False)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- if not target_exists -%}
    {%- do create_indexes(target_relation) -%}
  {%- endif -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do adapter.commit() -%}

  {%- if staging_table is not none -%}
    {%- do post_snapshot(staging_table) -%}
  {%- endif -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{#- Columns of the staging table that are no columns of the snapshot, in either case of letters. -#}
{% macro snapshot_helper_columns(unique_key) -%}
  {%- set names = ['dbt_change_type', 'dbt_unique_key'] -%}
  {%- if unique_key | is_list -%}
    {%- for _ in unique_key -%}
      {%- do names.append('dbt_unique_key_' ~ loop.index) -%}
    {%- endfor -%}
  {%- endif -%}
  {{ return(names + names | map('upper') | list) }}
{%- endmacro %}

{#- A chance to drop the staging table, after the commit. -#}
{% macro post_snapshot(staging_relation) -%}
  {{ return(adapter.dispatch('post_snapshot', 'dbt')(staging_relation)) }}
{%- endmacro %}

{% macro default__post_snapshot(staging_relation) -%}
{%- endmacro %}
