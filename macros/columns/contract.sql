{#- Enforced contracts: what a model's YAML promises against what its query gives. -#}

{#- A query without rows that has the promised names and types, so that the warehouse spells the types its own way. -#}
{% macro get_empty_schema_sql(columns) -%}
  {{ return(adapter.dispatch('get_empty_schema_sql', 'dbt')(columns)) }}
{%- endmacro %}

{% macro default__get_empty_schema_sql(columns) -%}
  {%- set untyped, unscaled = [], [] -%}
  {%- for column in columns.values() -%}
    {%- if column['data_type'] is not defined or column['data_type'] is none -%}
      {%- do untyped.append(column['name']) -%}
    {%- elif column['data_type'] | trim | lower in ('numeric', 'decimal', 'number') -%}
      {%- do unscaled.append(column['name']) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- if untyped -%}
    {%- do exceptions.column_type_missing(column_names=untyped) -%}
  {%- elif unscaled -%}
    {%- do exceptions.warn('Detected columns with numeric type and unspecified precision/scale, this can lead to unintended rounding: ' ~ unscaled ~ '`') -%}
  {%- endif -%}

  select
  {%- for column in columns.values() %}
    {{ cast('null', column['data_type']) | trim }} as {{ adapter.quote(column['name']) if column.get('quote') else column['name'] }}{{ ',' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}

{% macro get_assert_columns_equivalent(sql) -%}
  {{ return(adapter.dispatch('get_assert_columns_equivalent', 'dbt')(sql)) }}
{%- endmacro %}

{% macro default__get_assert_columns_equivalent(sql) -%}
  {{ return(assert_columns_equivalent(sql)) }}
{%- endmacro %}

{#- Fails with the table of mismatches unless names (in any order, in any case) and types agree. -#}
{% macro assert_columns_equivalent(sql) -%}
  {%- if not model['columns'] -%}
    {%- do exceptions.raise_contract_error([], []) -%}
  {%- endif -%}

  {%- set actual = format_columns(get_column_schema_from_query(sql, config.get('sql_header', none))) -%}
  {%- set promised = format_columns(get_column_schema_from_query(get_empty_schema_sql(model['columns']))) -%}
  {%- set promised_by_name = {} -%}
  {%- for column in promised -%}
    {%- do promised_by_name.update({column['name']: column['formatted']}) -%}
  {%- endfor -%}

  {%- set kept = [] -%}
  {%- for column in actual if promised_by_name.get(column['name']) == column['formatted'] -%}
    {%- do kept.append(column['name']) -%}
  {%- endfor -%}
  {%- if kept | length != actual | length or actual | length != promised | length -%}
    {%- do exceptions.raise_contract_error(promised, actual) -%}
  {%- endif -%}
{%- endmacro %}

{% macro format_columns(columns) -%}
  {%- set formatted = [] -%}
  {%- for column in columns -%}
    {%- do formatted.append(adapter.dispatch('format_column', 'dbt')(column)) -%}
  {%- endfor -%}
  {{ return(formatted) }}
{%- endmacro %}

{% macro default__format_column(column) -%}
  {{ return({'name': column.name, 'data_type': column.dtype, 'formatted': column.column | lower ~ ' ' ~ column.dtype}) }}
{%- endmacro %}
