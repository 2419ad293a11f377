{#-
  materialized: incremental. Three cases: nothing is there (build the table), it must be built anew (build beside it
  and swap), or rows are to be added (put them into a temporary table, then let the strategy say how they go in).
-#}

{% materialization incremental, default %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set building = make_intermediate_relation(target_relation) -%}
  {%- set backup = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}
  {%- set rebuilds = incremental_rebuilds(existing_relation) -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {#- Looked up before anything runs, so that a misspelt strategy is found on the first run already. -#}
  {%- set strategy_sql = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') -%}

  {%- do drop_leftover_relations([building, backup]) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- if existing_relation is none -%}
    {%- set indexed = target_relation -%}
    {%- set build_sql = get_create_table_as_sql(False, target_relation, sql) -%}
  {%- elif rebuilds -%}
    {%- set indexed = building -%}
    {%- set build_sql = get_create_table_as_sql(False, building, sql) -%}
  {%- else -%}
    {%- set new_rows = make_temp_relation(target_relation) -%}
    {%- do run_query(get_create_table_as_sql(True, new_rows, sql)) -%}
    {%- if not has_enforced_contract() -%}
      {%- do adapter.expand_target_column_types(from_relation=new_rows, to_relation=target_relation) -%}
    {%- endif -%}
    {%- set build_sql = strategy_sql(incremental_strategy_arguments(target_relation, new_rows, existing_relation, on_schema_change)) -%}
  {%- endif -%}

  {%- call statement('main') -%}
    {{ build_sql }}
  {%- endcall -%}

  {%- if existing_relation is none or rebuilds -%}
    {%- do create_indexes(indexed) -%}
  {%- endif -%}

  {%- set replaced = none -%}
  {%- if existing_relation is not none and rebuilds -%}
    {%- set replaced = swap_relation_in(building, target_relation, existing_relation, backup) -%}
  {%- endif -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, rebuilds)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do adapter.commit() -%}

  {%- do drop_relation_if_exists(replaced) -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{#- Is the table built anew? With --full-refresh, and where a view stands in its place. -#}
{% macro incremental_rebuilds(existing_relation) -%}
  {{ return(should_full_refresh() or (existing_relation is not none and existing_relation.is_view)) }}
{%- endmacro %}

{#- What a strategy macro is called with. Changes the target's columns first where on_schema_change says so. -#}
{% macro incremental_strategy_arguments(target_relation, new_rows, existing_relation, on_schema_change) -%}
  {{ return({
    'target_relation': target_relation,
    'temp_relation': new_rows,
    'unique_key': config.get('unique_key'),
    'dest_columns': process_schema_changes(on_schema_change, new_rows, existing_relation) or adapter.get_columns_in_relation(existing_relation),
    'incremental_predicates': config.get('predicates', none) or config.get('incremental_predicates', none),
  }) }}
{%- endmacro %}
