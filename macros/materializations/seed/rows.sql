{#- The rows of a seed. -#}

{#- Loads them and returns SQL to show in target/run. -#}
{% macro load_csv_rows(model, agate_table) -%}
  {{ return(adapter.dispatch('load_csv_rows', 'dbt')(model, agate_table)) }}
{%- endmacro %}

{#- INSERTs of many rows. The first of them stands for all in target/run. -#}
{% macro default__load_csv_rows(model, agate_table) -%}
  {%- set columns = get_seed_column_quoted_csv(model, agate_table.column_names) -%}
  {%- set inserts = [] -%}
  {%- for chunk in agate_table.rows | batch(get_batch_size()) -%}
    {%- set rows = [] -%}
    {%- for row in chunk -%}
      {%- set literals = [] -%}
      {%- for value in row -%}
        {%- do literals.append(seed_literal(value)) -%}
      {%- endfor -%}
      {%- do rows.append('(' ~ literals | join(', ') ~ ')') -%}
    {%- endfor -%}
    {%- set insert_sql = 'insert into ' ~ this.render() ~ ' (' ~ columns ~ ') values\n' ~ rows | join(',\n') -%}
    {%- do adapter.add_query(insert_sql, abridge_sql_log=True) -%}
    {%- do inserts.append(insert_sql) if loop.first -%}
  {%- endfor -%}
  {{ return(inserts[0]) }}
{%- endmacro %}

{#- A cell as SQL. Dates and times are written as text: the column's type makes them what they are. -#}
{% macro seed_literal(value) -%}
  {%- if value is none -%}
    {{ return('null') }}
  {%- elif value is boolean or value is number -%}
    {{ return(value | string | lower) }}
  {%- endif -%}
  {{ return(dbt.string_literal(dbt.escape_single_quotes(value | string))) }}
{%- endmacro %}

{#- How a driver marks a bound value: asked by packages that write INSERTs of their own. -#}
{% macro get_binding_char() -%}
  {{ return(adapter.dispatch('get_binding_char', 'dbt')()) }}
{%- endmacro %}

{% macro default__get_binding_char() -%}
  {{ return('%s') }}
{%- endmacro %}

{#- Rows to an INSERT. -#}
{% macro get_batch_size() -%}
  {{ return(adapter.dispatch('get_batch_size', 'dbt')()) }}
{%- endmacro %}

{% macro default__get_batch_size() -%}
  {{ return(10000) }}
{%- endmacro %}

{% macro get_seed_column_quoted_csv(model, column_names) -%}
  {%- set quoting = model['config'].get('quote_columns', none) -%}
  {%- set quoted = [] -%}
  {%- for name in column_names -%}
    {%- do quoted.append(adapter.quote_seed_column(name, quoting)) -%}
  {%- endfor -%}
  {{ return(quoted | join(', ')) }}
{%- endmacro %}

{#- The two halves as one script for target/run. -#}
{% macro get_csv_sql(create_or_truncate_sql, insert_sql) -%}
  {{ return(adapter.dispatch('get_csv_sql', 'dbt')(create_or_truncate_sql, insert_sql)) }}
{%- endmacro %}

{% macro default__get_csv_sql(create_or_truncate_sql, insert_sql) -%}
  {{ create_or_truncate_sql }};
  -- dbt seed --
  {{ insert_sql }}
{%- endmacro %}
