{#- Seeds: a CSV file as a table. -#}

{% materialization seed, default %}
  {%- set full_refresh = should_full_refresh() -%}
  {%- set old_relation = adapter.get_relation(database=database, schema=schema, identifier=model['alias']) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set agate_table = load_agate_table() -%}
  {#- Kept under this name for `seed --show`. -#}
  {%- do store_result('agate_table', response='OK', agate_table=agate_table) -%}

  {%- if old_relation is not none and old_relation.is_view -%}
    {%- do exceptions.raise_compiler_error("Cannot seed to '" ~ old_relation.render() ~ "', it is a view") -%}
  {%- endif -%}
  {%- set is_there = old_relation is not none and old_relation.is_table -%}

  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- set row_count = agate_table.rows | length -%}
  {%- set table_sql = reset_csv_table(model, full_refresh, old_relation, agate_table) if is_there else create_csv_table(model, agate_table) -%}
  {%- set rows_sql = load_csv_rows(model, agate_table) if row_count > 0 else '' -%}

  {%- set code = 'CREATE' if full_refresh else 'INSERT' -%}
  {%- call noop_statement('main', code ~ ' ' ~ row_count, code, row_count) -%}
    {{ get_csv_sql(table_sql, rows_sql) }};
  {%- endcall -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(old_relation, full_refresh)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- if full_refresh or not is_there -%}
    {%- do create_indexes(target_relation) -%}
  {%- endif -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do adapter.commit() -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
