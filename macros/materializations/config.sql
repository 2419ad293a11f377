{#- Settings that a node's config and the command line decide together. -#}

{#- `{% call set_sql_header(config) %}...{% endcall %}`: text to put in front of the node's statement. -#}
{% macro set_sql_header(config) -%}
  {{ config.set('sql_header', caller()) }}
{%- endmacro %}

{#- `full_refresh` in the config wins over --full-refresh, either way. -#}
{% macro should_full_refresh() -%}
  {%- set configured = config.get('full_refresh') -%}
  {%- do return(flags.FULL_REFRESH if configured is none else configured) -%}
{%- endmacro %}

{#- `store_failures` in the config wins over --store-failures, either way. -#}
{% macro should_store_failures() -%}
  {%- set configured = config.get('store_failures') -%}
  {%- do return(flags.STORE_FAILURES if configured is none else configured) -%}
{%- endmacro %}

{#- Must the result be what the node's columns promise? -#}
{% macro has_enforced_contract() -%}
  {%- set contract = config.get('contract') -%}
  {{ return(contract and contract.enforced) }}
{%- endmacro %}
