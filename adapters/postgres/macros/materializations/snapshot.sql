{#- Snapshots in two statements: MERGE came with Postgres 15. -#}

{% macro postgres__snapshot_merge_sql(target, source, insert_cols) -%}
  {%- set columns = snapshot_columns() -%}
  {%- set names = insert_cols | join(', ') -%}
  update {{ target }} as DBT_INTERNAL_TARGET
  set {{ columns.dbt_valid_to }} = DBT_INTERNAL_SOURCE.{{ columns.dbt_valid_to }}
  from {{ source }} as DBT_INTERNAL_SOURCE
  where DBT_INTERNAL_SOURCE.{{ columns.dbt_scd_id }}::text = DBT_INTERNAL_TARGET.{{ columns.dbt_scd_id }}::text
    and DBT_INTERNAL_SOURCE.dbt_change_type::text in ('update', 'delete')
    and {{ snapshot_is_current('DBT_INTERNAL_TARGET') }};

  insert into {{ target }} ({{ names }})
  select {{ names }} from {{ source }} where dbt_change_type::text = 'insert';
{%- endmacro %}
