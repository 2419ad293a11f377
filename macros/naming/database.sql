{#-
  The database (catalog, project) a node is built in. Projects override generate_database_name to change the rule.
  custom_database_name: the node's `database` config, or none
  node: the node that is named, or none
-#}

{% macro generate_database_name(custom_database_name=none, node=none) -%}
  {{ return(adapter.dispatch('generate_database_name', 'dbt')(custom_database_name, node)) }}
{%- endmacro %}

{% macro default__generate_database_name(custom_database_name=none, node=none) -%}
  {#- A node in a catalog of catalogs.yml lives in that catalog's database. Asked only where a catalog is named: this runs for every node. -#}
  {%- if node is not none and node.config and node.config.get('catalog_name') -%}
    {%- set catalog = adapter.build_catalog_relation(node) -%}
    {%- if catalog and catalog | attr('catalog_database') -%}
      {{ return(catalog.catalog_database) }}
    {%- endif -%}
  {%- endif -%}
  {{ target.database if custom_database_name is none else custom_database_name }}
{%- endmacro %}
