{#- Snapshots. -#}

{#- The staging table is temporary, or stands in for one. -#}
{% macro build_snapshot_staging_table(strategy, sql, target_relation) -%}
  {%- set staging = duckdb__dispatch_temporary_relation(target_relation) -%}
  {%- set select_sql = snapshot_staging_table(strategy, sql, target_relation) -%}
  {%- call statement('build_snapshot_staging_relation') -%}
    {{ create_table_as(staging.temporary, staging.relation, select_sql) }}
  {%- endcall -%}
  {{ return(staging.relation) }}
{%- endmacro %}

{% macro duckdb__post_snapshot(temporary_relation) -%}
  {{ return(drop_relation(temporary_relation)) }}
{%- endmacro %}

{#- Two statements, for DuckDB before MERGE and for catalogs without it. -#}
{% macro duckdb__snapshot_merge_sql(target, source, insert_cols) -%}
  {%- set columns = snapshot_columns() -%}
  {%- set names = insert_cols | join(', ') -%}
  update {{ target }} as DBT_INTERNAL_TARGET
  set {{ columns.dbt_valid_to }} = DBT_INTERNAL_SOURCE.{{ columns.dbt_valid_to }}
  from {{ source }} as DBT_INTERNAL_SOURCE
  where DBT_INTERNAL_SOURCE.{{ columns.dbt_scd_id }} = DBT_INTERNAL_TARGET.{{ columns.dbt_scd_id }}
    and DBT_INTERNAL_SOURCE.dbt_change_type in ('update', 'delete')
    and {{ snapshot_is_current('DBT_INTERNAL_TARGET') }};

  insert into {{ target }} ({{ names }})
  select {{ names }} from {{ source }} where dbt_change_type = 'insert';
{%- endmacro %}
