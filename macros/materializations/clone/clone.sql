{#- `clone`: the state's relation under this target's name, as a copy where the warehouse copies without work, else as a view. -#}

{% materialization clone, default %}
  {%- if not defer_relation -%}
    {%- do log('No relation found in state manifest for ' ~ model.unique_id, info=True) -%}
    {{ return({'relations': []}) }}
  {%- endif -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- if existing_relation and not flags.FULL_REFRESH -%}
    {%- do log('Relation ' ~ existing_relation ~ ' already exists', info=True) -%}
    {{ return({'relations': []}) }}
  {%- endif -%}

  {%- set original = load_cached_relation(defer_relation) -%}
  {%- if not (original and original.type == 'table' and can_clone_table()) -%}
    {#- The query of the node is `select * from` the original: its view is what is wanted. -#}
    {%- set own_view = 'materialization_view_' ~ adapter.type() -%}
    {%- set build_view = context[own_view if own_view in context else 'materialization_view_default'] -%}
    {{ return(build_view()) }}
  {%- endif -%}

  {%- set target_relation = this.incorporate(type='table') -%}
  {%- if existing_relation is not none and not existing_relation.is_table -%}
    {%- do log('Dropping relation ' ~ existing_relation.render() ~ ' because it is of type ' ~ existing_relation.type) -%}
    {%- do drop_relation_if_exists(existing_relation) -%}
  {%- endif -%}
  {%- if (target_relation.database, target_relation.schema, target_relation.identifier) == (defer_relation.database, defer_relation.schema, defer_relation.identifier) -%}
    {%- do log('Target relation and defer relation are the same, skipping clone for relation: ' ~ target_relation.render()) -%}
  {%- else -%}
    {%- call statement('main') -%}
      {{ create_or_replace_clone(target_relation, defer_relation) }}
    {%- endcall -%}
  {%- endif -%}
  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro can_clone_table() -%}
  {{ return(adapter.dispatch('can_clone_table', 'dbt')()) }}
{%- endmacro %}

{% macro default__can_clone_table() -%}
  {{ return(False) }}
{%- endmacro %}

{% macro create_or_replace_clone(this_relation, defer_relation) -%}
  {{ return(adapter.dispatch('create_or_replace_clone', 'dbt')(this_relation, defer_relation)) }}
{%- endmacro %}

{% macro default__create_or_replace_clone(this_relation, defer_relation) -%}
  create or replace table {{ this_relation.render() }} clone {{ defer_relation.render() }}
{%- endmacro %}
