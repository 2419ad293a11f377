{#- Tables, views and their columns for `docs generate`, in one query. -#}

{% macro postgres__get_catalog(information_schema, schemas) -%}
  {%- set relations = [] -%}
  {%- for schema in schemas -%}
    {%- do relations.append({'schema': schema}) -%}
  {%- endfor -%}
  {{ return(postgres__get_catalog_relations(information_schema, relations)) }}
{%- endmacro %}

{% macro postgres__get_catalog_relations(information_schema, relations) -%}
  {%- do adapter.verify_database(information_schema.database) -%}
  {#- Whole schemas and single relations are gathered in two lists: thousands of ORs would be slow. -#}
  {%- set schemas, names = [], [] -%}
  {%- for relation in relations -%}
    {%- if relation.identifier -%}
      {%- do names.append('(' ~ postgres_literal(relation.schema | lower) ~ ', ' ~ postgres_literal(relation.identifier | lower) ~ ')') -%}
    {%- else -%}
      {%- do schemas.append(postgres_literal(relation.schema | lower)) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- call statement('catalog', fetch_result=True) -%}
    select
      {{ postgres_literal(information_schema.database) }} as table_database,
      nspname::text as table_schema,
      relname::text as table_name,
      case relkind when 'v' then 'VIEW' when 'm' then 'MATERIALIZED VIEW' else 'BASE TABLE' end as table_type,
      pg_catalog.obj_description(relation.oid, 'pg_class') as table_comment,
      attname::text as column_name,
      attnum as column_index,
      pg_catalog.format_type(atttypid, atttypmod) as column_type,
      pg_catalog.col_description(relation.oid, attnum) as column_comment,
      pg_catalog.pg_get_userbyid(relowner)::text as table_owner
    from pg_catalog.pg_class as relation
    join pg_catalog.pg_namespace as namespace on namespace.oid = relnamespace
    join pg_catalog.pg_attribute as attribute on attrelid = relation.oid
    where (
        {{ 'lower(nspname) in (' ~ schemas | join(', ') ~ ')' if schemas else 'false' }}
        or {{ '(lower(nspname), lower(relname)) in (' ~ names | join(', ') ~ ')' if names else 'false' }}
      )
      and relkind in ('r', 'p', 'f', 'v', 'm')
      {#- Temporary tables belong to a session. -#}
      and relpersistence <> 't'
      and attnum > 0
      and not attisdropped
    order by nspname, relname, attnum
  {%- endcall -%}
  {{ return(load_result('catalog').table) }}
{%- endmacro %}
