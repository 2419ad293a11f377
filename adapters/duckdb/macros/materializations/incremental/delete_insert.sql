{#- incremental_strategy: delete+insert, which is what runs where none is named. -#}

{% macro duckdb__get_incremental_default_sql(arg_dict) -%}
  {{ return(get_incremental_delete_insert_sql(arg_dict)) }}
{%- endmacro %}

{% macro duckdb__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  {%- set predicates = incremental_predicates or [] -%}
  {%- if unique_key and unique_key is sequence and unique_key is not string -%}
    {%- set conditions = [] -%}
    {%- for part in unique_key -%}
      {%- do conditions.append(source ~ '.' ~ part ~ ' = DBT_INCREMENTAL_TARGET.' ~ part) -%}
    {%- endfor -%}
    delete from {{ target }} as DBT_INCREMENTAL_TARGET
    using {{ source }}
    where {{ (conditions + predicates) | join(' and ') }};
  {%- elif unique_key -%}
    delete from {{ target }}
    where ({{ unique_key }}) in (select ({{ unique_key }}) from {{ source }})
    {%- for predicate in predicates %}
      and {{ predicate }}
    {%- endfor %};
  {%- endif %}
  {{ get_insert_into_sql(target, source, dest_columns) }}
{%- endmacro %}
