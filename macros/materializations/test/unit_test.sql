{#- Unit tests: a model's query on given rows, beside the rows it should give. -#}

{% materialization unit, default %}
  {%- set sql_header = config.get('sql_header') if flags.REQUIRE_SQL_HEADER_IN_TEST_CONFIGS else none -%}
  {%- set expected_rows = config.get('expected_rows') -%}
  {%- set expected_sql = config.get('expected_sql') -%}
  {#- Only the columns that the expectation names are compared. -#}
  {%- set compared = expected_rows[0].keys() if expected_rows else get_columns_in_query(sql) -%}

  {#- An empty table of the query's shape tells names and types. -#}
  {%- set shape = make_temp_relation(this.incorporate(type='table')) -%}
  {%- do run_query(get_create_table_as_sql(True, shape, get_empty_subquery_sql(sql))) -%}
  {%- set types, quoted = column_types_and_quoting(shape) -%}

  {%- set compared_quoted = [] -%}
  {%- for name in compared -%}
    {%- do compared_quoted.append(quoted[name | lower]) -%}
  {%- endfor -%}
  {%- set test_sql = get_unit_test_sql(sql, expected_sql or get_expected_sql(expected_rows, types, quoted), compared_quoted) -%}

  {%- call statement('main', fetch_result=True) -%}
    {{ sql_header or '' }}
    {{ test_sql }}
  {%- endcall -%}
  {%- do adapter.drop_relation(shape) -%}
  {{ return({'relations': []}) }}
{% endmaterialization %}

{#- ({name: type}, {name: quoted name}) of a relation, by lower-case name. -#}
{% macro column_types_and_quoting(relation) -%}
  {%- set types, quoted = {}, {} -%}
  {%- for column in adapter.get_columns_in_relation(relation) -%}
    {%- do types.update({column.name | lower: column.data_type}) -%}
    {%- do quoted.update({column.name | lower: column.quoted}) -%}
  {%- endfor -%}
  {{ return((types, quoted)) }}
{%- endmacro %}

{#- Actual and expected rows, one under the other, marked in actual_or_expected. -#}
{% macro get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
  {{ return(adapter.dispatch('get_unit_test_sql', 'dbt')(main_sql, expected_fixture_sql, expected_column_names)) }}
{%- endmacro %}

{% macro default__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
  {%- set names = expected_column_names | join(', ') -%}
  {%- set mark = adapter.quote('actual_or_expected') -%}
  with dbt_internal_unit_test_actual as (
    select {{ names }}, {{ dbt.string_literal('actual') }} as {{ mark }}
    from (
      {{ main_sql }}
    ) _dbt_internal_unit_test_actual
  ),
  dbt_internal_unit_test_expected as (
    select {{ names }}, {{ dbt.string_literal('expected') }} as {{ mark }}
    from (
      {{ expected_fixture_sql }}
    ) _dbt_internal_unit_test_expected
  )
  select * from dbt_internal_unit_test_actual
  union all
  select * from dbt_internal_unit_test_expected
{%- endmacro %}
