{#- The present time, and times as SQL. -#}

{% macro duckdb__current_timestamp() -%}
  now()
{%- endmacro %}

{#- Without time zone: snapshots compare it with columns that mostly have none. -#}
{% macro duckdb__snapshot_get_time() -%}
  {{ current_timestamp() }}::timestamp
{%- endmacro %}

{% macro duckdb__snapshot_string_as_time(timestamp) -%}
  {{ return("'" ~ timestamp ~ "'::timestamp") }}
{%- endmacro %}
