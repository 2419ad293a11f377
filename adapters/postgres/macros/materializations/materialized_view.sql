{#- Materialized views. Of what can be configured, only indexes can change without building the view anew. -#}

{% macro postgres__get_create_materialized_view_as_sql(relation, sql) -%}
  create materialized view if not exists {{ relation }} as {{ sql }};
  {% for index in config.get('indexes', []) -%}
    {{ get_create_index_sql(relation, index) }};
  {% endfor -%}
{%- endmacro %}

{% macro postgres__refresh_materialized_view(relation) -%}
  refresh materialized view {{ relation }}
{%- endmacro %}

{% macro postgres__describe_materialized_view(relation) -%}
  {{ return({'indexes': run_query(get_show_indexes_sql(relation))}) }}
{%- endmacro %}

{#- None where nothing changed. Indexes are the same if their columns, in any order, uniqueness and method are. -#}
{% macro postgres__get_materialized_view_configuration_changes(existing_relation, new_config) -%}
  {%- set there = {} -%}
  {%- for row in postgres__describe_materialized_view(existing_relation)['indexes'] -%}
    {%- do there.update({postgres_index_traits(row['column_names'].split(','), row['unique'], row['method']): row['name']}) -%}
  {%- endfor -%}
  {%- set wanted = {} -%}
  {%- for raw in new_config.get('indexes', []) -%}
    {%- set index = adapter.parse_index(raw) -%}
    {%- do wanted.update({postgres_index_traits(index.columns, index.unique, index.type or 'btree'): raw}) -%}
  {%- endfor -%}
  {%- set changes = [] -%}
  {%- for traits, name in there.items() if traits not in wanted -%}
    {%- do changes.append({'action': 'drop', 'context': {'name': name}}) -%}
  {%- endfor -%}
  {%- for traits, raw in wanted.items() if traits not in there -%}
    {%- do changes.append({'action': 'create', 'context': raw}) -%}
  {%- endfor -%}
  {{ return({'requires_full_refresh': False, 'indexes': changes} if changes else none) }}
{%- endmacro %}

{#- What tells one index from another, as text. -#}
{% macro postgres_index_traits(columns, unique, method) -%}
  {{ return(columns | map('lower') | unique | sort | join(',') ~ '|' ~ unique ~ '|' ~ method | lower) }}
{%- endmacro %}

{% macro postgres__get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation) -%}
  {%- if configuration_changes.requires_full_refresh -%}
    {{ get_replace_sql(existing_relation, relation, sql) }}
  {%- else -%}
    {{ postgres__update_indexes_on_materialized_view(relation, configuration_changes.indexes) }}
  {%- endif -%}
{%- endmacro %}

{% macro postgres__update_indexes_on_materialized_view(relation, index_changes) -%}
  {%- do log('Applying UPDATE INDEXES to: ' ~ relation) -%}
  {%- for change in index_changes %}
    {{ get_drop_index_sql(relation, change.context.name) if change.action == 'drop' else get_create_index_sql(relation, change.context) }};
  {%- endfor -%}
{%- endmacro %}
