{#- Loading seeds. -#}

{#- In bulk, by COPY: the rows go to the driver as they are, and there is no SQL to show. -#}
{% macro postgres__load_csv_rows(model, agate_table) -%}
  {#- `--empty` makes the table alone. -#}
  {%- if not flags.EMPTY -%}
    {%- do adapter.bulk_load_seed(model, agate_table) -%}
  {%- endif -%}
  {{ return('') }}
{%- endmacro %}
