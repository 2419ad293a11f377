{#- materialized: table -#}

{% materialization table, adapter='duckdb' %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set building = make_intermediate_relation(target_relation) -%}
  {%- set backup = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}
  {%- set keys = key_constraint_types(existing_relation) -%}
  {%- set partitioned_by = duckdb__get_partitioned_by(target_relation, false) -%}
  {%- set sorted_by = duckdb__get_sorted_by(target_relation, false) -%}

  {%- do drop_leftover_relations([building, backup]) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {#- In place or by swapping: relations/foreign_keys.sql says why. -#}
  {%- set in_place = 'foreign_key' in keys -%}
  {%- set dropped = drop_relation_for_rebuild(existing_relation) if in_place and existing_relation is not none else [] -%}
  {%- call statement('main') -%}
    {{ create_table_as(False, target_relation if in_place else building, compiled_code, 'sql', partitioned_by=partitioned_by, sorted_by=sorted_by) }}
  {%- endcall -%}
  {%- set replaced = none -%}
  {%- if not in_place -%}
    {%- set dropped = free_relation_for_rename(existing_relation, keys) -%}
    {%- set replaced = swap_relation_in(building, target_relation, existing_relation, backup) -%}
  {%- endif -%}
  {%- do restore_foreign_key_dependents(dropped) -%}
  {%- do create_indexes(target_relation) -%}

  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {#- DuckLake before DuckDB 1.5.3 loses what ALTER says of a table that is renamed in the same transaction. -#}
  {%- set says_again = adapter.use_ducklake_table_workarounds(target_relation) -%}
  {%- if not says_again -%}
    {%- do persist_docs(target_relation, model) -%}
  {%- endif -%}
  {%- do adapter.commit() -%}

  {%- if says_again -%}
    {%- do reassert_ducklake_layout(target_relation, partitioned_by, sorted_by) -%}
    {%- do persist_docs(target_relation, model) -%}
  {%- endif -%}
  {%- do drop_relation_if_exists(replaced) -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{#- Takes away what keeps a table from being renamed. Returns what restore_foreign_key_dependents needs. -#}
{% macro free_relation_for_rename(relation, keys) -%}
  {%- if relation is none or not relation.is_table -%}
    {{ return([]) }}
  {%- endif -%}
  {%- do drop_indexes_on_relation(relation) -%}
  {{ return(drop_foreign_key_dependents(relation) if 'primary_key' in keys or 'unique' in keys else []) }}
{%- endmacro %}

{% macro reassert_ducklake_layout(relation, partitioned_by, sorted_by) -%}
  {%- if partitioned_by -%}
    {%- call statement('reassert_partitioned_by', auto_begin=False) -%}
      {{ duckdb__alter_table_set_partitioned_by(relation, partitioned_by) }}
    {%- endcall -%}
  {%- endif -%}
  {%- if sorted_by -%}
    {%- call statement('reassert_sorted_by', auto_begin=False) -%}
      {{ duckdb__alter_table_set_sorted_by(relation, sorted_by) }}
    {%- endcall -%}
  {%- endif -%}
{%- endmacro %}
