{#- CREATE VIEW AS. -#}

{% macro duckdb__create_view_as(relation, sql) -%}
  {{ return(default__create_view_as(relation, sql)) }}
{%- endmacro %}

{#- A view takes the place of a view. The cache is not told: it is there before and after, and stays if this fails. -#}
{% macro duckdb__make_room_for_view(relation, existing) -%}
  {%- if adapter.disable_transactions() or adapter.is_motherduck() or adapter.is_ducklake(relation) -%}
    {{ return(false) }}
  {%- elif existing is none -%}
    {{ return(true) }}
  {%- elif not existing.is_view -%}
    {{ return(false) }}
  {%- endif -%}
  {%- call statement('make_room_for_view') -%}
    drop view {{ existing }}
  {%- endcall -%}
  {{ return(true) }}
{%- endmacro %}
