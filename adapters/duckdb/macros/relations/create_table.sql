{#- CREATE TABLE AS. -#}

{#- DuckLake tables may be partitioned and sorted: those who know hand that on. -#}
{% macro create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none) -%}
  {{ return(adapter.dispatch('create_table_as', 'dbt')(temporary, relation, compiled_code, language, partitioned_by=partitioned_by, sorted_by=sorted_by)) }}
{%- endmacro %}

{% macro duckdb__create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none) -%}
  {%- if language != 'sql' -%}
    {%- do exceptions.raise_compiler_error("DuckDB models are written in SQL here: the language '" ~ language ~ "' of " ~ relation ~ ' is not supported') -%}
  {%- endif -%}
  {%- set enforced = has_enforced_contract() -%}
  {%- if enforced -%}
    {%- do get_assert_columns_equivalent(compiled_code) -%}
  {%- endif -%}
  {%- set layout -%}
    {{ duckdb__alter_table_set_partitioned_by(relation, partitioned_by) if partitioned_by }}
    {{ duckdb__alter_table_set_sorted_by(relation, sorted_by) if sorted_by }}
  {%- endset -%}
  {%- set table -%}
    create {{ 'temporary ' if temporary }}table {{ relation.include(database=(not temporary), schema=(not temporary)) }}
  {%- endset -%}

  {{ config.get('sql_header') or '' }}
  {% if enforced and not temporary -%}
    {#- CREATE TABLE AS takes no constraints, and a temporary table has no use for them. -#}
    {{ table }} {{ get_table_columns_and_constraints() }};
    {{ layout }}
    insert into {{ relation }} {{ get_column_names() }} (
      {{ get_select_subquery(compiled_code) }}
    );
  {%- elif partitioned_by or sorted_by -%}
    {#- The layout must be known before the first row is written. -#}
    {{ table }} as (
      select * from (
        {{ compiled_code }}
      ) as model_subq limit 0
    );
    {{ layout }}
    insert into {{ relation }} select * from (
      {{ compiled_code }}
    ) as model_subq;
  {%- else -%}
    {{ table }} as (
      {{ compiled_code }}
    );
  {%- endif -%}
{%- endmacro %}

{#- The columns of a contract as the list of an INSERT. -#}
{% macro get_column_names() -%}
  ({{ default__get_column_names() }})
{%- endmacro %}
