{#- materialized: external. The rows go to a file (or a folder of files), and a view in the database reads them. -#}

{% materialization external, adapter='duckdb' %}
  {%- set location = render(config.get('location', default=external_location(this, config))) -%}
  {%- set options = complete_write_options(location, render_write_options(config)) -%}
  {%- set file_format = external_read_format(config.get('format'), options) -%}

  {%- if config.get('plugin') or config.get('glue_register', default=false) -%}
    {%- do exceptions.raise_compiler_error('dbt-duckdb plugins (`plugin`, `glue_register` of ' ~ this ~ ') are Python code and are not run: register the files at ' ~ location ~ ' in another step') -%}
  {%- endif -%}

  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- set rows_table = make_intermediate_relation(this.incorporate(type='table'), suffix='__dbt_tmp') -%}
  {%- set building = make_intermediate_relation(target_relation, suffix='__dbt_int') -%}
  {%- set backup = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}

  {%- do drop_leftover_relations([building, rows_table, backup]) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=True) -%}

  {%- call statement('create_table') -%}
    {{ create_table_as(False, rows_table, compiled_code) }}
  {%- endcall -%}

  {#- A file without rows tells no types: it gets one row of nulls, which the view leaves out. -#}
  {%- set columns = get_columns_in_relation(rows_table) -%}
  {%- set is_empty = run_query('select count(*) as row_count from ' ~ rows_table)[0][0] == 0 -%}
  {%- if is_empty -%}
    {%- do run_query('insert into ' ~ rows_table ~ ' values (' ~ (['null'] * columns | length) | join(', ') ~ ')') -%}
  {%- endif -%}

  {%- do write_to_file(rows_table, location, adapter.external_write_options(location, options)) -%}
  {%- call statement('main') -%}
    create or replace view {{ building }} as (
      select * from {{ external_reader(file_format, adapter.external_read_location(location, options), options) }}
      {{ external_not_all_null(columns) if is_empty }}
    );
  {%- endcall -%}

  {%- set replaced = swap_relation_in(building, target_relation, existing_relation, backup) -%}
  {%- do run_hooks(post_hooks, inside_transaction=True) -%}
  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do adapter.commit() -%}

  {%- do drop_relation_if_exists(replaced) -%}
  {%- do drop_relation_if_exists(rows_table) -%}
  {%- do run_hooks(post_hooks, inside_transaction=False) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro external_not_all_null(columns) -%}
  where
  {%- for column in columns %} "{{ column.column }}" is not null{{ ' and' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}
