{#- Rows written in YAML or CSV, as queries. -#}

{#- The rows of an input. Columns that a row does not name are null, each of the type that the real relation has. -#}
{% macro get_fixture_sql(rows, column_name_to_data_types) -%}
  {%- set types = column_name_to_data_types -%}
  {%- set quoted = {} -%}
  {%- if not types -%}
    {#- With --defer the relation may exist only in the state's schema. -#}
    {%- set known = defer_relation if defer_relation and not load_relation(this) else this -%}
    {%- set types, quoted = column_types_and_quoting(known) -%}
  {%- endif -%}
  {%- if not types -%}
    {%- do exceptions.raise_compiler_error("Not able to get columns for unit test '" ~ model.name ~ "' from relation " ~ this ~ " because the relation doesn't exist") -%}
  {%- endif -%}

  {%- set nulls = {} -%}
  {%- for name, type in types.items() -%}
    {%- do nulls.update({name: safe_cast('null', type) | trim}) -%}
  {%- endfor -%}
  {%- do validate_fixture_rows(rows, row_number) -%}

-- Fixture for {{ model.name }}
{% for row in rows -%}
  {%- set values = nulls.copy() -%}
  {%- do values.update(format_row(row, types)) -%}
{{ fixture_select(values, quoted) }}
{{ 'union all' if not loop.last }}
{% else -%}
{{ fixture_select(nulls, quoted) }}
limit 0
{%- endfor -%}
{%- endmacro %}

{#- The expected rows; with none, the shape of the actual ones. -#}
{% macro get_expected_sql(rows, column_name_to_data_types, column_name_to_quoted) -%}
{% for row in rows -%}
{{ fixture_select(format_row(row, column_name_to_data_types), column_name_to_quoted) }}
{{ 'union all' if not loop.last }}
{% else -%}
select * from dbt_internal_unit_test_actual limit 0
{%- endfor -%}
{%- endmacro %}

{% macro fixture_select(values, quoted) -%}
  select
  {%- for name, value in values.items() %} {{ value }} as {{ quoted.get(name, name) }}{{ ',' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}

{#- {lower-case name: SQL of the value, cast to the column's type}. A name that is no column is an error. -#}
{% macro format_row(row, column_name_to_data_types) -%}
  {%- set formatted = {} -%}
  {%- for name, value in row.items() -%}
    {%- set column = name | lower -%}
    {%- if column not in column_name_to_data_types -%}
      {%- set where = 'expected output' if model.resource_type == 'unit_test' else "'" ~ model.name ~ "'" -%}
      {%- do exceptions.raise_compiler_error(
        "Invalid column name: '" ~ column ~ "' in unit test fixture for " ~ where ~ ".\nAccepted columns for " ~ where ~ " are: " ~ column_name_to_data_types.keys() | list
      ) -%}
    {%- endif -%}

    {%- set type = column_name_to_data_types[column] -%}
    {%- set literal = value -%}
    {%- if value is none -%}
      {%- set literal = 'null' -%}
    {%- elif value is string -%}
      {%- set literal = dbt.string_literal(dbt.escape_single_quotes(value)) -%}
      {#- Cast to varying(n) would cut the text without a word. -#}
      {%- set type = type.split('(')[0] if 'varying' in type else type -%}
    {%- endif -%}
    {%- do formatted.update({column: safe_cast(literal, type) | trim}) -%}
  {%- endfor -%}
  {{ return(formatted) }}
{%- endmacro %}

{#- For adapters that take only some kinds of rows. -#}
{% macro validate_fixture_rows(rows, row_number) -%}
  {{ return(adapter.dispatch('validate_fixture_rows', 'dbt')(rows, row_number)) }}
{%- endmacro %}

{% macro default__validate_fixture_rows(rows, row_number) -%}
{%- endmacro %}
