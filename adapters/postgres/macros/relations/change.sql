{#- Dropping, renaming and replacing. What hangs on a relation that is dropped goes with it. -#}

{% macro postgres__drop_table(relation) -%}
  drop table if exists {{ relation }} cascade
{%- endmacro %}

{% macro postgres__drop_view(relation) -%}
  drop view if exists {{ relation }} cascade
{%- endmacro %}

{% macro postgres__drop_materialized_view(relation) -%}
  drop materialized view if exists {{ relation }} cascade
{%- endmacro %}

{% macro postgres__get_rename_table_sql(relation, new_name) -%}
  alter table {{ relation }} rename to {{ adapter.quote(new_name) }}
{%- endmacro %}

{% macro postgres__get_rename_view_sql(relation, new_name) -%}
  alter view {{ relation }} rename to {{ adapter.quote(new_name) }}
{%- endmacro %}

{% macro postgres__get_rename_materialized_view_sql(relation, new_name) -%}
  alter materialized view {{ relation }} rename to {{ adapter.quote(new_name) }}
{%- endmacro %}

{% macro postgres__get_replace_view_sql(relation, sql) -%}
  {{ config.get('sql_header') or '' }}
  {% if has_enforced_contract() -%}
    {{ get_assert_columns_equivalent(sql) }}
  {%- endif %}
  create or replace view {{ relation }} as (
    {{ sql }}
  );
{%- endmacro %}

{#- There is no CREATE OR REPLACE TABLE: the old one makes room in the same script. -#}
{% macro postgres__get_replace_table_sql(relation, sql) -%}
  {{ postgres__drop_table(relation) }};
  {{ create_table_as(False, relation, sql) }}
{%- endmacro %}
