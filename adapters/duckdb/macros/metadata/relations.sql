{#- What is in the database. Names are compared in any case of letters, as DuckDB does. -#}

{% macro duckdb__list_schemas(database) -%}
  {%- set query -%}
    select schema_name
    from system.information_schema.schemata
    {%- if database is not none %}
    where lower(catalog_name) = '{{ adapter.escape_sql_string(database | lower) }}'
    {%- endif -%}
  {%- endset -%}
  {{ return(run_query(query)) }}
{%- endmacro %}

{% macro duckdb__check_schema_exists(information_schema, schema) -%}
  {%- set query -%}
    select count(*)
    from system.information_schema.schemata
    where lower(catalog_name) = '{{ adapter.escape_sql_string(information_schema.database | lower) }}' and lower(schema_name) = '{{ adapter.escape_sql_string(schema | lower) }}'
  {%- endset -%}
  {{ return(run_query(query)) }}
{%- endmacro %}

{% macro duckdb__list_relations_without_caching(schema_relation) -%}
  {%- call statement('list_relations_without_caching', fetch_result=True) -%}
    select
      '{{ adapter.escape_sql_string(schema_relation.database | string) }}' as database,
      table_name as name,
      table_schema as schema,
      case when table_type = 'VIEW' then 'view' else 'table' end as type
    from system.information_schema.tables
    where lower(table_catalog) = '{{ adapter.escape_sql_string(schema_relation.database | lower) }}' and lower(table_schema) = '{{ adapter.escape_sql_string(schema_relation.schema | lower) }}'
  {%- endcall -%}
  {{ return(load_result('list_relations_without_caching').table) }}
{%- endmacro %}
