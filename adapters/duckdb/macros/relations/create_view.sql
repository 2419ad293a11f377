{#- CREATE VIEW AS. -#}

{% macro duckdb__create_view_as(relation, sql) -%}
  {{ return(default__create_view_as(relation, sql)) }}
{%- endmacro %}
