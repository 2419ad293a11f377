{#- Does this run add to a table that is there? -#}

{% macro is_incremental() -%}
  {#- Parsing asks the warehouse nothing. -#}
  {%- if not execute -%}
    {{ return(False) }}
  {%- endif -%}
  {%- if model.config.materialized != 'incremental' or should_full_refresh() -%}
    {{ return(False) }}
  {%- endif -%}
  {%- set relation = adapter.get_relation(this.database, this.schema, this.table) -%}
  {{ return(relation is not none and relation.type == 'table') }}
{%- endmacro %}
