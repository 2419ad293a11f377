{#- User-defined functions. The relation tells which macro writes the statement, by kind and language: scalar_function_sql … -#}

{% materialization function, default, supported_languages=['sql', 'python', 'javascript'] %}
  {%- set target_relation = this.incorporate(type=this.Function) -%}
  {%- set existing_relation = load_cached_relation(this) -%}

  {%- do run_hooks(pre_hooks) -%}
  {%- set writer_name = this.get_function_macro_name(this.get_function_config(model)) -%}
  {#- Through a variable: the name is not known when the template is read. -#}
  {%- set find_macro = adapter.dispatch -%}
  {%- set build_sql = find_macro(writer_name, 'dbt')(target_relation) -%}
  {%- do function_execute_build_sql(build_sql, existing_relation, target_relation) -%}
  {%- do run_hooks(post_hooks) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro function_execute_build_sql(build_sql, existing_relation, target_relation) -%}
  {{ return(adapter.dispatch('function_execute_build_sql', 'dbt')(build_sql, existing_relation, target_relation)) }}
{%- endmacro %}

{% macro default__function_execute_build_sql(build_sql, existing_relation, target_relation) -%}
  {%- call statement(name='main') -%}
    {{ build_sql }}
  {%- endcall -%}
  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do adapter.commit() -%}
{%- endmacro %}
