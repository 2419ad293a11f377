{#- materialized: incremental -#}

{% materialization incremental, adapter='duckdb' %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set building = make_intermediate_relation(target_relation) -%}
  {%- set backup = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}
  {%- set rebuilds = incremental_rebuilds(existing_relation) -%}
  {%- set creates = existing_relation is none or rebuilds -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {%- set keys = key_constraint_types(existing_relation) if creates else [] -%}
  {%- set partitioned_by = duckdb__get_partitioned_by(target_relation, false) if creates else none -%}
  {%- set sorted_by = duckdb__get_sorted_by(target_relation, false) if creates else none -%}

  {%- do drop_leftover_relations([building, backup]) -%}
  {%- set to_drop = [] -%}
  {%- if not creates -%}
    {#- A first run needs no strategy: it may name one that only another warehouse has. -#}
    {%- set strategy_sql = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') -%}
    {%- set temporary = duckdb__dispatch_temporary_relation(target_relation, adapter.batch_id_for_model(model)) -%}
    {%- set new_rows = temporary.relation -%}
    {%- do to_drop.append(new_rows) if not temporary.temporary -%}
  {%- endif -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- set swaps = rebuilds and existing_relation is not none and 'foreign_key' not in keys -%}
  {%- set dropped = [] -%}
  {%- if creates -%}
    {%- if existing_relation is not none and not swaps -%}
      {%- set dropped = drop_relation_for_rebuild(existing_relation) -%}
    {%- endif -%}
    {%- set build_sql = create_table_as(False, building if swaps else target_relation, compiled_code, 'sql', partitioned_by=partitioned_by, sorted_by=sorted_by) -%}
  {%- else -%}
    {%- do run_query(create_table_as(temporary.temporary, new_rows, compiled_code)) -%}
    {%- do adapter.expand_target_column_types(from_relation=new_rows, to_relation=target_relation) -%}
    {%- set build_sql = strategy_sql(incremental_strategy_arguments(target_relation, new_rows, existing_relation, on_schema_change)) -%}
  {%- endif -%}

  {#- DuckLake cannot write to a table in the transaction that gave it its layout. -#}
  {%- call statement('main', auto_begin=not (partitioned_by or sorted_by)) -%}
    {{ build_sql }}
  {%- endcall -%}

  {%- if swaps -%}
    {%- set dropped = free_relation_for_rename(existing_relation, keys) -%}
    {%- do to_drop.append(swap_relation_in(building, target_relation, existing_relation, backup)) -%}
  {%- endif -%}
  {%- do restore_foreign_key_dependents(dropped) -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, rebuilds)) -%}
  {%- if creates -%}
    {%- do create_indexes(target_relation) -%}
  {%- endif -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do adapter.commit() -%}

  {%- for relation in to_drop -%}
    {%- do drop_relation_if_exists(relation) -%}
  {%- endfor -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
