{#- The n-th part of a text between delimiters. A negative n counts from the end where the warehouse does. -#}

{% macro split_part(string_text, delimiter_text, part_number) -%}
  {{ return(adapter.dispatch('split_part', 'dbt')(string_text, delimiter_text, part_number)) }}
{%- endmacro %}

{% macro default__split_part(string_text, delimiter_text, part_number) -%}
  split_part({{ string_text }}, {{ delimiter_text }}, {{ part_number }})
{%- endmacro %}

{#- For warehouses that count only from the beginning, and only for delimiters of one character: there are as many parts as delimiters, and one. -#}
{% macro _split_part_negative(string_text, delimiter_text, part_number) -%}
  {%- set delimiters = 'length(' ~ string_text ~ ') - length(replace(' ~ string_text ~ ', ' ~ delimiter_text ~ ", ''))" -%}
  split_part({{ string_text }}, {{ delimiter_text }}, {{ delimiters }} + 2 + {{ part_number }})
{%- endmacro %}
