{#-
  Replacing a relation so that readers see the old one or the new one, never neither: the new one is built under
  another name, and renamed into place in the transaction that moves the old one aside.
-#}

{#- What an interrupted run left under names that this run is about to use. -#}
{% macro drop_leftover_relations(relations) -%}
  {%- for relation in relations -%}
    {%- do drop_relation_if_exists(load_cached_relation(relation)) -%}
  {%- endfor -%}
{%- endmacro %}

{#- Moves `built` to `target`. Returns the relation that the old one was moved to, or none if none has to be dropped yet. -#}
{% macro swap_relation_in(built, target, existing, backup) -%}
  {%- set moved = none -%}
  {#- Looked up again: a hook, or a cascade, may have dropped it since. -#}
  {%- if existing is not none and load_cached_relation(existing) is not none -%}
    {%- if drops_before_swap(existing) -%}
      {%- do adapter.drop_relation(existing) -%}
    {%- else -%}
      {%- do adapter.rename_relation(existing, backup) -%}
      {%- set moved = backup -%}
    {%- endif -%}
  {%- endif -%}
  {%- do adapter.rename_relation(built, target) -%}
  {{ return(moved) }}
{%- endmacro %}

{#- Whether the old relation can be dropped in the transaction of the swap, which gives it back should the swap fail. -#}
{% macro drops_before_swap(existing) -%}
  {{ return(adapter.dispatch('drops_before_swap', 'dbt')(existing)) }}
{%- endmacro %}

{% macro default__drops_before_swap(existing) -%}
  {{ return(false) }}
{%- endmacro %}
