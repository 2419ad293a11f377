{#- The last day of the month, quarter, year … that a date lies in. -#}

{% macro last_day(date, datepart) -%}
  {{ return(adapter.dispatch('last_day', 'dbt')(date, datepart)) }}
{%- endmacro %}

{% macro default__last_day(date, datepart) -%}
  {{ return(dbt.default_last_day(date, datepart)) }}
{%- endmacro %}

{#- The day before the next one begins. Adapters call it for the dateparts they have nothing better for. -#}
{% macro default_last_day(date, datepart) -%}
  {%- set next_begins = dbt.dateadd(datepart, '1', dbt.date_trunc(datepart, date)) -%}
  cast({{ dbt.dateadd('day', '-1', next_begins) }} as date)
{%- endmacro %}
