{#- The columns a snapshot adds, and their types. -#}

{#- The names, where snapshot_meta_column_names does not say otherwise. -#}
{% macro get_snapshot_table_column_names() -%}
  {{ return({
    'dbt_valid_to': 'dbt_valid_to',
    'dbt_valid_from': 'dbt_valid_from',
    'dbt_scd_id': 'dbt_scd_id',
    'dbt_updated_at': 'dbt_updated_at',
    'dbt_is_deleted': 'dbt_is_deleted',
  }) }}
{%- endmacro %}

{#- The names of the snapshot that is being built. -#}
{% macro snapshot_columns() -%}
  {%- set names = get_snapshot_table_column_names() -%}
  {%- set given = config.get('snapshot_table_column_names') or config.get('snapshot_meta_column_names') or {} -%}
  {%- for column, name in given.items() if name -%}
    {%- do names.update({column: name}) -%}
  {%- endfor -%}
  {{ return(names) }}
{%- endmacro %}

{#- dbt_valid_to of a version that is still true: null, or dbt_valid_to_current. Computed from updated_at, so that it has its type. -#}
{% macro get_dbt_valid_to_current(strategy, columns) -%}
  coalesce(nullif({{ strategy.updated_at }}, {{ strategy.updated_at }}), {{ config.get('dbt_valid_to_current') or 'null' }}) as {{ columns.dbt_valid_to }}
{%- endmacro %}

{#- Is this version of `relation` (an alias, or none) still true? -#}
{% macro snapshot_is_current(relation=none) -%}
  {%- set valid_to = (relation ~ '.' if relation else '') ~ snapshot_columns().dbt_valid_to -%}
  {%- set end_of_time = config.get('dbt_valid_to_current') -%}
  {%- if end_of_time -%}
    {#- Rows from before the setting was made have null there. -#}
    ({{ equals(valid_to, end_of_time | trim) | trim }} or {{ valid_to }} is null)
  {%- else -%}
    {{ valid_to }} is null
  {%- endif -%}
{%- endmacro %}

{#- The type of dbt_updated_at in the query, or none. -#}
{% macro get_updated_at_column_data_type(snapshot_sql) -%}
  {%- set found = [none] -%}
  {%- for column in get_column_schema_from_query(snapshot_sql) if column.column in ('dbt_updated_at', 'DBT_UPDATED_AT') -%}
    {%- do found.append(column.dtype) -%}
  {%- endfor -%}
  {{ return(found[-1] or none) }}
{%- endmacro %}

{#- Warns where updated_at and the snapshot's own clock have different types: comparing them may shift by a time zone. -#}
{% macro check_time_data_types(sql) -%}
  {%- set updated_at_type = get_updated_at_column_data_type(sql) -%}
  {%- set clock_type = get_snapshot_get_time_data_type() -%}
  {%- if updated_at_type is not none and clock_type is not none and updated_at_type != clock_type -%}
    {%- do exceptions.warn_snapshot_timestamp_data_types(clock_type, updated_at_type) -%}
  {%- endif -%}
{%- endmacro %}
