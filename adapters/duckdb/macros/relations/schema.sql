{#- Schemas. -#}

{% macro duckdb__create_schema(relation) -%}
  {#- An attached database of another kind may know schemas in its own way, or not at all. -#}
  {%- set foreign = run_query(
    "select type from duckdb_databases() where lower(database_name) = '" ~ adapter.escape_sql_string(relation.database | lower) ~ "' and type != 'duckdb'"
  ) -%}
  {%- set kind = foreign.columns[0].values()[0] if foreign | length > 0 else 'duckdb' -%}
  {%- if kind == 'sqlite' and relation.schema != 'main' -%}
    {%- do exceptions.raise_compiler_error("Schema must be 'main' when writing to sqlite instead got " ~ relation.schema) -%}
  {%- elif kind not in ['sqlite', 'mysql'] -%}
    {{ return(default__create_schema(relation)) }}
  {%- endif -%}
{%- endmacro %}

{% macro duckdb__drop_schema(relation) -%}
  {{ return(default__drop_schema(relation)) }}
{%- endmacro %}
