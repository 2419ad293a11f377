{#- Dates. -#}

{#- An interval times a number, so that the number may be any expression. A quarter is no unit of an interval. -#}
{% macro postgres__dateadd(datepart, interval, from_date_or_timestamp) -%}
  {%- set unit = '3 month' if datepart | lower == 'quarter' else '1 ' ~ datepart -%}
  {{ from_date_or_timestamp }} + ((interval '{{ unit }}') * ({{ interval }}))
{%- endmacro %}

{#- Days and weeks are integers, all else is a double: that is what dividing the answer has always given. -#}
{% macro postgres__datediff(first_date, second_date, datepart) -%}
  {%- set unit = datepart | lower -%}
  {%- set months = {'year': 12, 'quarter': 3, 'month': 1}.get(unit) -%}
  {%- set seconds = {'hour': 3600, 'minute': 60, 'second': 1, 'millisecond': 0.001, 'microsecond': 0.000001}.get(unit) -%}
  {%- if unit == 'day' -%}
    (({{ second_date }})::date - ({{ first_date }})::date)
  {%- elif unit == 'week' -%}
    {#- Weeks begin on Sunday here, and on Monday in date_trunc: a day later, the one is the other. -#}
    ((date_trunc('week', ({{ second_date }})::timestamp + interval '1 day')::date - date_trunc('week', ({{ first_date }})::timestamp + interval '1 day')::date) / 7)
  {%- elif months is not none -%}
    (floor({{ postgres_month_number(second_date) }} / {{ months }}) - floor({{ postgres_month_number(first_date) }} / {{ months }}))
  {%- elif seconds is not none -%}
    (round(extract(epoch from (date_trunc('{{ unit }}', ({{ second_date }})::timestamp) - date_trunc('{{ unit }}', ({{ first_date }})::timestamp)))::numeric / {{ seconds }})::double precision)
  {%- else -%}
    {%- do exceptions.raise_compiler_error("Unsupported datepart for macro datediff in postgres: '" ~ datepart ~ "'") -%}
  {%- endif -%}
{%- endmacro %}

{#- Months since the year 0. -#}
{% macro postgres_month_number(date) -%}
  (date_part('year', ({{ date }})::date) * 12 + date_part('month', ({{ date }})::date) - 1)
{%- endmacro %}

{% macro postgres__last_day(date, datepart) -%}
  {{ return(dbt.default_last_day(date, datepart)) }}
{%- endmacro %}
