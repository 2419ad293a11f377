{#- Hooks. -#}

{#- DuckDB opens no transaction with a connection: there is none to leave before a hook that runs outside. -#}
{% macro run_hooks(hooks, inside_transaction=True) -%}
  {%- for hook in hooks | selectattr('transaction', 'equalto', inside_transaction) -%}
    {%- do run_hook(hook, inside_transaction) -%}
  {%- endfor -%}
{%- endmacro %}
