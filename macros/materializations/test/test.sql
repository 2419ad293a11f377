{#- Data tests: a query whose rows are failures. -#}

{% materialization test, default %}
  {%- set sql_header = config.get('sql_header') if flags.REQUIRE_SQL_HEADER_IN_TEST_CONFIGS else none -%}
  {%- set failures_sql = get_limit_subquery_sql(sql, config.get('limit')) -%}
  {%- set relations = [] -%}

  {%- if should_store_failures() -%}
    {%- do relations.append(store_test_failures(failures_sql, sql_header)) -%}
    {#- The rows are there: no need to find them again. -#}
    {%- set failures_sql = 'select * from ' ~ relations[0] -%}
  {%- endif -%}

  {#- One query needs no transaction around it. What a header brings along is taken back at the end. -#}
  {%- call statement('main', fetch_result=True, auto_begin=sql_header is not none) -%}
    {{ sql_header or '' }}
    {#- The limit is in the query already. -#}
    {{ get_test_sql(failures_sql, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), limit=none) }}
  {%- endcall -%}
  {{ return({'relations': relations}) }}
{% endmaterialization %}

{#- Keeps the failing rows as a table or view, in place of those of the run before, and returns it. -#}
{% macro store_test_failures(failures_sql, sql_header) -%}
  {%- set kind = config.get('store_failures_as') or 'table' -%}
  {%- if kind not in ['table', 'view'] -%}
    {%- do exceptions.raise_compiler_error("'" ~ kind ~ "' is not a valid value for `store_failures_as`. Accepted values are: ['ephemeral', 'table', 'view']") -%}
  {%- endif -%}
  {%- set stored = api.Relation.create(database=database, schema=schema, identifier=model['alias'], type=kind) -%}
  {%- do drop_relation_if_exists(adapter.get_relation(database=database, schema=schema, identifier=model['alias'])) -%}
  {%- call statement(auto_begin=True) -%}
    {{ sql_header or '' }}
    {{ get_create_sql(stored, failures_sql) }}
  {%- endcall -%}
  {%- do adapter.commit() -%}
  {{ return(stored) }}
{%- endmacro %}

{#- One row: the number of failures, and whether that is enough to warn and to fail. -#}
{% macro get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
  {{ return(adapter.dispatch('get_test_sql', 'dbt')(main_sql, fail_calc, warn_if, error_if, limit)) }}
{%- endmacro %}

{% macro default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
  select
    {{ fail_calc }} as failures,
    {{ fail_calc }} {{ warn_if }} as should_warn,
    {{ fail_calc }} {{ error_if }} as should_error
  from (
    {{ main_sql }}
    {{ 'limit ' ~ limit if limit is not none }}
  ) dbt_internal_test
{%- endmacro %}
