{#- Tables, views and their columns for `docs generate`, in one query. -#}

{% macro duckdb__get_catalog(information_schema, schemas) -%}
  {%- set conditions = [] -%}
  {%- for schema in schemas -%}
    {%- do conditions.append("upper(schema_name) = upper('" ~ schema ~ "')") -%}
  {%- endfor -%}
  {{ return(run_query(duckdb_catalog_sql(information_schema.database, conditions))) }}
{%- endmacro %}

{% macro duckdb__get_catalog_relations(information_schema, relations) -%}
  {%- set conditions = [] -%}
  {%- for relation in relations -%}
    {%- if not relation.schema -%}
      {%- do exceptions.raise_compiler_error('`get_catalog_relations` requires a list of relations, each with a schema') -%}
    {%- endif -%}
    {%- set condition = "upper(schema_name) = upper('" ~ relation.schema ~ "')" -%}
    {%- do conditions.append(condition ~ " and upper(table_name) = upper('" ~ relation.identifier ~ "')" if relation.identifier else condition) -%}
  {%- endfor -%}
  {{ return(run_query(duckdb_catalog_sql(information_schema.database, conditions))) }}
{%- endmacro %}

{% macro duckdb_catalog_sql(database, conditions) -%}
  with relations as (
    select database_name, schema_name, table_name, 'BASE TABLE' as kind, comment from duckdb_tables()
    union all
    select database_name, schema_name, view_name, 'VIEW', comment from duckdb_views()
  ),
  wanted as (
    select * from relations
    where upper(database_name) = upper('{{ adapter.escape_sql_string(database) }}')
      and ({{ '(' ~ conditions | join(') or (') ~ ')' if conditions else 'false' }})
  )
  select
    wanted.database_name as table_database,
    wanted.schema_name as table_schema,
    wanted.table_name,
    wanted.kind as table_type,
    wanted.comment as table_comment,
    columns.column_name,
    columns.column_index,
    columns.data_type as column_type,
    columns.comment as column_comment,
    null as table_owner
  from wanted
  join duckdb_columns() as columns
    on columns.database_name = wanted.database_name and columns.schema_name = wanted.schema_name and columns.table_name = wanted.table_name
  order by table_schema, wanted.table_name, column_index
{%- endmacro %}
