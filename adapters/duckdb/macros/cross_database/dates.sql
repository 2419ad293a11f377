{#- Dates. -#}

{% macro duckdb__date(year, month, day) -%}
  make_date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{#- An interval times a number, so that the number may be any expression. -#}
{% macro duckdb__dateadd(datepart, interval, from_date_or_timestamp) -%}
  {%- set unit = datepart | lower -%}
  {%- set factor, unit = {'quarter': (3, 'month'), 'week': (7, 'day')}.get(unit, (1, unit)) -%}
  ({{ from_date_or_timestamp }} + cast({{ interval }} as bigint) * interval {{ factor }} {{ unit }})
{%- endmacro %}

{% macro duckdb__datediff(first_date, second_date, datepart) -%}
  {%- if datepart == 'week' -%}
    {#- Weeks begin on Sunday here, and on Monday in date_trunc: a day later, the one is the other. -#}
    {%- set first_week, last_week = duckdb_week_of(first_date), duckdb_week_of(second_date) -%}
    (date_diff('day', {{ first_week }}, {{ last_week }}) // 7)
  {%- else -%}
    (date_diff('{{ datepart }}', ({{ first_date }})::timestamp, ({{ second_date }})::timestamp))
  {%- endif -%}
{%- endmacro %}

{#- The week a date lies in, as a point in time: seven days lie between one week and the next. -#}
{% macro duckdb_week_of(date) -%}
  date_trunc('week', ({{ date }})::timestamp + interval 1 day)
{%- endmacro %}

{% macro duckdb__generate_series(upper_bound) -%}
  select generate_series as generated_number from generate_series(1, {{ upper_bound }})
{%- endmacro %}
