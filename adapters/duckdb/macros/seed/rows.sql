{#- Loading seeds. -#}

{#- In bulk: the rows go to the driver as they are, and there is no SQL to show. `fast: false` asks for INSERTs. -#}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
  {%- if not config.get('fast', true) -%}
    {{ return(default__load_csv_rows(model, agate_table)) }}
  {%- endif -%}
  {%- do adapter.bulk_load_seed(model, agate_table) -%}
  {{ return('') }}
{%- endmacro %}

{% macro duckdb__get_binding_char() -%}
  {{ return(adapter.get_binding_char()) }}
{%- endmacro %}
