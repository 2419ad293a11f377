{#- The numbers from 1 to upper_bound as a query with the column generated_number. -#}

{% macro generate_series(upper_bound) -%}
  {{ return(adapter.dispatch('generate_series', 'dbt')(upper_bound)) }}
{%- endmacro %}

{#- Written with joins, which every warehouse has: one join a binary digit. -#}
{% macro default__generate_series(upper_bound) -%}
  {%- set terms, sources = [], [] -%}
  {%- for digit in range(dbt.get_powers_of_two(upper_bound)) -%}
    {%- do terms.append('p' ~ digit ~ '.generated_number * power(2, ' ~ digit ~ ')') -%}
    {%- do sources.append('p as p' ~ digit) -%}
  {%- endfor -%}
  with p as (
    select 0 as generated_number union all select 1
  ),
  unioned as (
    select {{ terms | join(' + ') }} + 1 as generated_number
    from {{ sources | join(' cross join ') }}
  )
  select *
  from unioned
  where generated_number <= {{ upper_bound }}
  order by generated_number
{%- endmacro %}

{#- How many binary digits are needed to count to upper_bound? At least one. -#}
{% macro get_powers_of_two(upper_bound) -%}
  {{ return(adapter.dispatch('get_powers_of_two', 'dbt')(upper_bound)) }}
{%- endmacro %}

{% macro default__get_powers_of_two(upper_bound) -%}
  {%- if upper_bound <= 0 -%}
    {%- do exceptions.raise_compiler_error('upper bound must be positive') -%}
  {%- endif -%}
  {%- for power in range(1, 100) if 2 ** power >= upper_bound -%}
    {{ return(power) }}
  {%- endfor -%}
{%- endmacro %}
