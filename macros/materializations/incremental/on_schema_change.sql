{#- on_schema_change: what to do when the query's columns are no longer the table's. -#}

{% macro incremental_validate_on_schema_change(on_schema_change, default='ignore') -%}
  {%- if on_schema_change in ['ignore', 'append_new_columns', 'sync_all_columns', 'fail'] -%}
    {{ return(on_schema_change) }}
  {%- endif -%}
  {%- do log('Invalid value for on_schema_change (' ~ on_schema_change ~ ') specified. Setting default value of ' ~ default ~ '.') -%}
  {{ return(default) }}
{%- endmacro %}

{#- Brings the table into line. Returns the columns to insert, or an empty dict where the table's own are meant. -#}
{% macro process_schema_changes(on_schema_change, source_relation, target_relation) -%}
  {{ return(adapter.dispatch('process_schema_changes', 'dbt')(on_schema_change, source_relation, target_relation)) }}
{%- endmacro %}

{% macro default__process_schema_changes(on_schema_change, source_relation, target_relation) -%}
  {%- if on_schema_change == 'ignore' -%}
    {{ return({}) }}
  {%- endif -%}
  {%- set changes = check_for_schema_changes(source_relation, target_relation) -%}
  {%- if changes['schema_changed'] and on_schema_change == 'fail' -%}
    {%- do exceptions.raise_compiler_error(schema_change_complaint(changes)) -%}
  {%- elif changes['schema_changed'] -%}
    {%- do sync_column_schemas(on_schema_change, target_relation, changes) -%}
  {%- endif -%}
  {{ return(changes['source_columns']) }}
{%- endmacro %}

{% macro schema_change_complaint(changes) -%}
  The source and target schemas on this incremental model are out of sync! What can be done:
    - set on_schema_change to append_new_columns or sync_all_columns, and the table follows the query;
    - run the model once with --full-refresh, which builds the table anew;
    - alter the table by hand.
  What differs:
    Source columns not in target: {{ changes['source_not_in_target'] }}
    Target columns not in source: {{ changes['target_not_in_source'] }}
    New column types: {{ changes['new_target_types'] }}
{%- endmacro %}

{% macro check_for_schema_changes(source_relation, target_relation) -%}
  {{ return(adapter.dispatch('check_for_schema_changes', 'dbt')(source_relation, target_relation)) }}
{%- endmacro %}

{% macro default__check_for_schema_changes(source_relation, target_relation) -%}
  {%- set source_columns = adapter.get_columns_in_relation(source_relation) -%}
  {%- set target_columns = adapter.get_columns_in_relation(target_relation) -%}
  {%- set added = diff_columns(source_columns, target_columns) -%}
  {%- set removed = diff_columns(target_columns, source_columns) -%}
  {%- set retyped = diff_column_data_types(source_columns, target_columns) -%}
  {%- set changes = {
    'schema_changed': (added + removed + retyped) | length > 0,
    'source_not_in_target': added,
    'target_not_in_source': removed,
    'source_columns': source_columns,
    'target_columns': target_columns,
    'new_target_types': retyped,
  } -%}
  {%- do log('Columns of ' ~ target_relation ~ ' against its query: added ' ~ added ~ ', removed ' ~ removed ~ ', retyped ' ~ retyped) -%}
  {{ return(changes) }}
{%- endmacro %}

{% macro sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) -%}
  {{ return(adapter.dispatch('sync_column_schemas', 'dbt')(on_schema_change, target_relation, schema_changes_dict)) }}
{%- endmacro %}

{% macro default__sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) -%}
  {%- set syncs = on_schema_change == 'sync_all_columns' -%}
  {%- set added = schema_changes_dict['source_not_in_target'] if syncs or on_schema_change == 'append_new_columns' else [] -%}
  {%- set removed = schema_changes_dict['target_not_in_source'] if syncs else [] -%}
  {%- set retyped = schema_changes_dict['new_target_types'] if syncs else [] -%}

  {%- if added or removed -%}
    {%- do alter_relation_add_remove_columns(target_relation, added, removed or none) -%}
  {%- endif -%}
  {%- for change in retyped -%}
    {%- do alter_column_type(target_relation, change['column_name'], change['new_type']) -%}
  {%- endfor -%}
  {%- do log('Columns of ' ~ target_relation ~ ' changed (' ~ on_schema_change ~ '): added ' ~ added ~ ', removed ' ~ removed ~ ', retyped ' ~ retyped) -%}
{%- endmacro %}
