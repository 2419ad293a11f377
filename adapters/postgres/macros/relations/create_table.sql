{#- CREATE TABLE AS. -#}

{% macro postgres__create_table_as(temporary, relation, sql) -%}
  {%- set kind = 'temporary ' if temporary else 'unlogged ' if config.get('unlogged', default=false) -%}
  {%- set enforced = has_enforced_contract() -%}
  {{ config.get('sql_header') or '' }}
  {% if enforced -%}
    {{ get_assert_columns_equivalent(sql) }}
  {%- endif %}
  create {{ kind }}table {{ relation }}
  {%- if enforced and not temporary %}
    {#- CREATE TABLE AS takes no constraints: the table is made first, then filled. #}
    {{ get_table_columns_and_constraints() }};
  insert into {{ relation }} ({{ adapter.dispatch('get_column_names', 'dbt')() }}) (
    {{ get_select_subquery(sql) }}
  );
  {%- else %} as (
    {{ sql }}
  );
  {%- endif -%}
{%- endmacro %}
