{#- materialized: view -#}

{% materialization view, default %}
  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set building = make_intermediate_relation(target_relation) -%}
  {#- The old relation may be a table: it has to be renamed and dropped as what it is. -#}
  {%- set backup = make_backup_relation(target_relation, 'view' if existing_relation is none else existing_relation.type) -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do drop_leftover_relations([building, backup]) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- call statement('main') -%}
    {{ get_create_view_as_sql(building, sql) }}
  {%- endcall -%}

  {%- set replaced = swap_relation_in(building, target_relation, existing_relation, backup) -%}
  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do adapter.commit() -%}

  {%- do drop_relation_if_exists(replaced) -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
