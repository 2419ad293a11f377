{#- pre- and post-hooks of nodes, and the helpers that say on which side of the transaction one runs. -#}

{% macro run_hooks(hooks, inside_transaction=True) %}
  {%- for hook in hooks | selectattr('transaction', 'equalto', inside_transaction) -%}
    {#- What runs outside a transaction must first leave the one that the session may be in. -#}
    {%- if loop.first and not inside_transaction -%}
      {%- call statement(auto_begin=False) -%}
        commit;
      {%- endcall -%}
    {%- endif -%}
    {%- do run_hook(hook, inside_transaction) -%}
  {%- endfor -%}
{% endmacro %}

{#- A hook that renders to nothing runs nothing. -#}
{% macro run_hook(hook, inside_transaction) %}
  {%- set code = render(hook.get('sql')) | trim -%}
  {%- if code -%}
    {%- call statement(auto_begin=inside_transaction) -%}
      {{ code }}
    {%- endcall -%}
  {%- endif -%}
{% endmacro %}

{% macro make_hook_config(sql, inside_transaction) -%}
  {{ tojson({'sql': sql, 'transaction': inside_transaction}) }}
{%- endmacro %}

{% macro before_begin(sql) -%}
  {{ make_hook_config(sql, inside_transaction=False) }}
{%- endmacro %}

{% macro in_transaction(sql) -%}
  {{ make_hook_config(sql, inside_transaction=True) }}
{%- endmacro %}

{% macro after_commit(sql) -%}
  {{ make_hook_config(sql, inside_transaction=False) }}
{%- endmacro %}
