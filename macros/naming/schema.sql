{#-
  The schema a node is built in. Projects override generate_schema_name to change the rule.
  custom_schema_name: the node's `schema` config, or none
  node: the node that is named, or none
-#}

{% macro generate_schema_name(custom_schema_name=none, node=none) -%}
  {{ return(adapter.dispatch('generate_schema_name', 'dbt')(custom_schema_name, node)) }}
{%- endmacro %}

{#- The target's schema, with the custom name behind it: people who share a warehouse do not collide. -#}
{% macro default__generate_schema_name(custom_schema_name, node) -%}
  {{ target.schema }}{% if custom_schema_name is not none %}_{{ custom_schema_name | trim }}{% endif %}
{%- endmacro %}

{#- An alternative rule: custom names as they stand in the target `prod`, the target's schema everywhere else. -#}
{% macro generate_schema_name_for_env(custom_schema_name, node) -%}
  {{ custom_schema_name | trim if target.name == 'prod' and custom_schema_name is not none else target.schema }}
{%- endmacro %}
