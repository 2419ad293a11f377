{#- The four generic tests that come with every project. A row that a test gives is a failure. -#}

{% test unique(model, column_name) -%}
  {%- set query = adapter.dispatch('test_unique', 'dbt') -%}
  {{ query(model, column_name) }}
{%- endtest %}

{% macro default__test_unique(model, column_name) -%}
select {{ column_name }} as unique_field, count(*) as n_records
from {{ model }}
where {{ column_name }} is not null
group by {{ column_name }}
having count(*) > 1
{%- endmacro %}

{% test not_null(model, column_name) -%}
  {%- set query = adapter.dispatch('test_not_null', 'dbt') -%}
  {{ query(model, column_name) }}
{%- endtest %}

{#- Stored failures are for people to read: they get the whole row. -#}
{% macro default__test_not_null(model, column_name) -%}
select {{ '*' if should_store_failures() else column_name }}
from {{ model }}
where {{ column_name }} is null
{%- endmacro %}

{% test accepted_values(model, column_name, values, quote=True) -%}
  {%- set query = adapter.dispatch('test_accepted_values', 'dbt') -%}
  {{ query(model, column_name, values, quote) }}
{%- endtest %}

{#- `quote` says that the values are text. -#}
{% macro default__test_accepted_values(model, column_name, values, quote=True) -%}
{%- set mark = "'" if quote else '' -%}
with all_values as (
  select {{ column_name }} as value_field, count(*) as n_records
  from {{ model }}
  group by {{ column_name }}
)
select *
from all_values
where value_field not in (
  {%- for value in values %}
  {{ mark ~ value ~ mark }}{{ ',' if not loop.last }}
  {%- endfor %}
)
{%- endmacro %}

{% test relationships(model, column_name, to, field) -%}
  {%- set query = adapter.dispatch('test_relationships', 'dbt') -%}
  {{ query(model, column_name, to, field) }}
{%- endtest %}

{#- Null refers to nothing, and is no failure. -#}
{% macro default__test_relationships(model, column_name, to, field) -%}
with child as (
  select {{ column_name }} as from_field
  from {{ model }}
  where {{ column_name }} is not null
),
parent as (
  select {{ field }} as to_field
  from {{ to }}
)
select from_field
from child
left join parent on child.from_field = parent.to_field
where parent.to_field is null
{%- endmacro %}
