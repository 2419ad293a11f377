{#- Indexes. -#}

{% macro postgres__get_create_index_sql(relation, index_dict) -%}
  {%- set index = adapter.parse_index(index_dict) -%}
  {#- The time is in the name because the table that this one replaces has its index still. -#}
  {%- set traits = index.columns + [relation.render(), index.unique | string, index.type | string, modules.datetime.datetime.now().isoformat()] -%}
  create {{ 'unique ' if index.unique }}index if not exists "{{ local_md5(traits | join('_')) }}"
  on {{ relation }} {{ 'using ' ~ index.type if index.type }} ({{ index.columns | join(', ') }})
{%- endmacro %}

{% macro postgres__get_drop_index_sql(relation, index_name) -%}
  drop index if exists {{ adapter.quote(relation.schema) }}.{{ adapter.quote(index_name) }}
{%- endmacro %}

{#- name, method, unique, column_names of each index of a table or materialized view. -#}
{% macro postgres__get_show_indexes_sql(relation) -%}
  select
    made.relname::text as name,
    method.amname::text as method,
    indisunique as "unique",
    string_agg(attname::text, ',' order by attnum) as column_names
  from pg_catalog.pg_index
  join pg_catalog.pg_class as made on made.oid = indexrelid
  join pg_catalog.pg_am as method on method.oid = made.relam
  join pg_catalog.pg_attribute on attrelid = indrelid and attnum = any(indkey)
  where indrelid = to_regclass({{ postgres_literal(relation.include(database=False).render()) }})
  group by 1, 2, 3
  order by 1
{%- endmacro %}
