{#- Dropping and renaming, indexes included. -#}

{% macro duckdb__drop_relation(relation) -%}
  {%- call statement('drop_relation', auto_begin=False) -%}
    drop {{ relation.type }} if exists {{ relation }}{{ ' cascade' if not adapter.is_ducklake(relation) }}
  {%- endcall -%}
{%- endmacro %}

{% macro duckdb__rename_relation(from_relation, to_relation) -%}
  {%- call statement('rename_relation') -%}
    alter {{ to_relation.type }} {{ from_relation }} rename to {{ adapter.quote_as_configured(to_relation.identifier, 'identifier') }}
  {%- endcall -%}
{%- endmacro %}

{% macro duckdb__get_create_index_sql(relation, index_dict) -%}
  {%- set index = adapter.parse_index(index_dict) -%}
  {%- if not index.columns -%}
    {%- do exceptions.raise_compiler_error('An index of ' ~ relation ~ ' names no columns: write {columns: [a, b]}') -%}
  {%- endif -%}
  {#- The time is in the name because the table that this one replaces has its index still. -#}
  {%- set traits = index.columns + [relation.render(), index.unique | string, modules.datetime.datetime.now().isoformat()] -%}
  create {{ 'unique ' if index.unique }}index "{{ local_md5(traits | join('_')) }}" on {{ relation }} ({{ index.columns | join(', ') }});
{%- endmacro %}

{#- A table with indexes cannot be renamed. Runs in the transaction that is open, and opens none. -#}
{% macro drop_indexes_on_relation(relation) -%}
  {%- call statement('get_indexes_on_relation', fetch_result=True, auto_begin=False) -%}
    select index_name
    from duckdb_indexes()
    where database_name = '{{ adapter.escape_sql_string(relation.database) }}' and schema_name = '{{ adapter.escape_sql_string(relation.schema) }}' and table_name = '{{ adapter.escape_sql_string(relation.identifier) }}'
  {%- endcall -%}
  {%- for row in load_result('get_indexes_on_relation').table -%}
    {%- call statement('drop_index_' ~ loop.index, auto_begin=False) -%}
      drop index {{ relation.without_identifier() }}."{{ row[0] | replace('"', '""') }}"
    {%- endcall -%}
  {%- endfor -%}
{%- endmacro %}

{#- A view: to drop it after the swap, in a transaction of its own, costs more than the swap. -#}
{% macro duckdb__drops_before_swap(existing) -%}
  {{ return(existing.is_view and not (adapter.disable_transactions() or adapter.is_motherduck() or adapter.is_ducklake(existing))) }}
{%- endmacro %}
