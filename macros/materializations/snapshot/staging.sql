{#-
  The queries of a snapshot. On the first run every row is a version. After that the staging query compares the
  source with the versions that are still true, and says what to do in dbt_change_type: insert a version, or close one
  (update: it changed, delete: it is gone). The strategy's expressions know the two sides as source_data and
  snapshotted_data.
-#}

{% macro build_snapshot_table(strategy, sql) -%}
  {{ return(adapter.dispatch('build_snapshot_table', 'dbt')(strategy, sql)) }}
{%- endmacro %}

{% macro default__build_snapshot_table(strategy, sql) -%}
  {%- set columns = snapshot_columns() -%}
  select
    *,
    {{ strategy.scd_id }} as {{ columns.dbt_scd_id }},
    {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
    {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
    {{ get_dbt_valid_to_current(strategy, columns) }}
    {%- if strategy.get('hard_deletes') == 'new_record' %},
    'False' as {{ columns.dbt_is_deleted }}
    {%- endif %}
  from (
    {{ sql }}
  ) sbq
{%- endmacro %}

{#- Runs the staging query into a table and returns that table. -#}
{% macro build_snapshot_staging_table(strategy, sql, target_relation) -%}
  {%- set staging = make_temp_relation(target_relation) -%}
  {%- set select_sql = snapshot_staging_table(strategy, sql, target_relation) -%}
  {%- call statement('build_snapshot_staging_relation') -%}
    {{ create_table_as(True, staging, select_sql) }}
  {%- endcall -%}
  {%- do return(staging) -%}
{%- endmacro %}

{% macro snapshot_staging_table(strategy, source_sql, target_relation) -%}
  {{ return(adapter.dispatch('snapshot_staging_table', 'dbt')(strategy, source_sql, target_relation)) }}
{%- endmacro %}

{% macro default__snapshot_staging_table(strategy, source_sql, target_relation) -%}
  {%- set columns = snapshot_columns() -%}
  {%- set key = strategy.unique_key -%}
  {%- set hard_deletes = strategy.get('hard_deletes') -%}
  {%- set records_deletes = hard_deletes == 'new_record' -%}
  {%- set sees_deletes = records_deletes or hard_deletes == 'invalidate' -%}
  {%- set same_row = unique_key_join_on(key, 'snapshotted_data', 'source_data') -%}
  {%- set changed -%}
    ({{ strategy.row_changed }}{{ " or snapshotted_data." ~ columns.dbt_is_deleted ~ " = 'True'" if records_deletes }})
  {%- endset -%}

  with source_rows as (
    {{ source_sql }}
  ),

  snapshotted_data as (
    select *, {{ unique_key_fields(key) }}
    from {{ target_relation }}
    where {{ snapshot_is_current() }}
  ),

  opening as (
    select
      *,
      {{ unique_key_fields(key) }},
      {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
      {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
      {{ get_dbt_valid_to_current(strategy, columns) }},
      {{ strategy.scd_id }} as {{ columns.dbt_scd_id }}
    from source_rows
  ),

  closing as (
    select
      *,
      {{ unique_key_fields(key) }},
      {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
      {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
      {{ strategy.updated_at }} as {{ columns.dbt_valid_to }}
    from source_rows
  ),

  insertions as (
    select
      'insert' as dbt_change_type,
      source_data.*
      {%- if records_deletes %},
      'False' as {{ columns.dbt_is_deleted }}
      {%- endif %}
    from opening as source_data
    left join snapshotted_data on {{ same_row }}
    where {{ unique_key_is_null(key, 'snapshotted_data') }}
      or ({{ unique_key_is_not_null(key, 'snapshotted_data') }} and {{ changed }})
  ),

  updates as (
    select
      'update' as dbt_change_type,
      source_data.*,
      snapshotted_data.{{ columns.dbt_scd_id }}
      {%- if records_deletes %},
      snapshotted_data.{{ columns.dbt_is_deleted }}
      {%- endif %}
    from closing as source_data
    join snapshotted_data on {{ same_row }}
    where {{ changed }}
  )
  {%- if sees_deletes %},

  present as (
    select *, {{ unique_key_fields(key) }}
    from source_rows
  ),

  deletes as (
    select
      'delete' as dbt_change_type,
      source_data.*,
      {{ snapshot_get_time() }} as {{ columns.dbt_valid_from }},
      {{ snapshot_get_time() }} as {{ columns.dbt_updated_at }},
      {{ snapshot_get_time() }} as {{ columns.dbt_valid_to }},
      snapshotted_data.{{ columns.dbt_scd_id }}
      {%- if records_deletes %},
      snapshotted_data.{{ columns.dbt_is_deleted }}
      {%- endif %}
    {{ snapshot_rows_gone(key, same_row, records_deletes) }}
  )
  {%- endif %}
  {%- if records_deletes %},

  deletion_records as (
    select
      'insert' as dbt_change_type,
      {%- set kept = get_list_of_column_names(get_columns_in_relation(target_relation)) %}
      {%- for name in get_columns_in_query(source_sql) %}
      {{ 'snapshotted_data' if name in kept else 'source_data' }}.{{ adapter.quote(name) }},
      {%- endfor %}
      {%- if key | is_list %}
      {%- for part in key %}
      snapshotted_data.{{ part }} as dbt_unique_key_{{ loop.index }},
      {%- endfor %}
      {%- else %}
      snapshotted_data.dbt_unique_key as dbt_unique_key,
      {%- endif %}
      {{ snapshot_get_time() }} as {{ columns.dbt_valid_from }},
      {{ snapshot_get_time() }} as {{ columns.dbt_updated_at }},
      snapshotted_data.{{ columns.dbt_valid_to }} as {{ columns.dbt_valid_to }},
      {{ snapshot_hash_arguments([columns.dbt_scd_id, snapshot_get_time()]) }} as {{ columns.dbt_scd_id }},
      'True' as {{ columns.dbt_is_deleted }}
    {{ snapshot_rows_gone(key, same_row, records_deletes) }}
  )
  {%- endif %}

  select * from insertions
  union all
  select * from updates
  {%- if sees_deletes %}
  union all
  select * from deletes
  {%- endif %}
  {%- if records_deletes %}
  union all
  select * from deletion_records
  {%- endif -%}
{%- endmacro %}

{#- From the versions that are true, those whose row the source no longer has; not those that say so already. -#}
{% macro snapshot_rows_gone(unique_key, same_row, records_deletes) -%}
    from snapshotted_data
    left join present as source_data on {{ same_row }}
    where {{ unique_key_is_null(unique_key, 'source_data') }}
    {%- if records_deletes %}
      and not (snapshotted_data.{{ snapshot_columns().dbt_is_deleted }} = 'True' and {{ snapshot_is_current('snapshotted_data') }})
    {%- endif -%}
{%- endmacro %}
