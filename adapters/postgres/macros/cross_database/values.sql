{#- Texts, groups and comparisons. -#}

{#- any_value() came with Postgres 16. -#}
{% macro postgres__any_value(expression) -%}
  min({{ expression }})
{%- endmacro %}

{% macro postgres__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- set ordered = ' ' ~ order_by_clause if order_by_clause else '' -%}
  {%- if limit_num -%}
    array_to_string((array_agg({{ measure }}{{ ordered }}))[1:{{ limit_num }}], {{ delimiter_text }})
  {%- else -%}
    string_agg({{ measure }}, {{ delimiter_text }}{{ ordered }})
  {%- endif -%}
{%- endmacro %}

{#- Counting from the end came with Postgres 14. -#}
{% macro postgres__split_part(string_text, delimiter_text, part_number) -%}
  {{ return(dbt.default__split_part(string_text, delimiter_text, part_number) if part_number >= 0 else dbt._split_part_negative(string_text, delimiter_text, part_number)) }}
{%- endmacro %}

{% macro postgres__equals(expr1, expr2) -%}
  {%- set same = 'is not distinct from' if adapter.behavior.enable_truthy_nulls_equals_macro.no_warn else '=' -%}
  ({{ expr1 }} {{ same }} {{ expr2 }})
{%- endmacro %}
