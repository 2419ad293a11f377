{#-
  How a snapshot knows that a row has changed. `strategy: x` calls snapshot_x_strategy; `strategy: pkg.x` that of a
  package. A strategy returns SQL expressions: unique_key, updated_at, row_changed, scd_id, and what to do about deletes.
-#}

{% macro strategy_dispatch(name) -%}
  {%- set package_name, short_name = name.split('.', 1) if '.' in name else (none, name) -%}
  {%- if package_name is not none and package_name not in context -%}
    {%- do exceptions.raise_compiler_error("Could not find package '" ~ package_name ~ "', called with '" ~ name ~ "'") -%}
  {%- endif -%}
  {%- set namespace_of_macros = context if package_name is none else context[package_name] -%}
  {%- set macro_name = 'snapshot_' ~ short_name ~ '_strategy' -%}
  {%- if macro_name not in namespace_of_macros -%}
    {%- do exceptions.raise_compiler_error("The specified strategy macro '" ~ short_name ~ "' was not found in package '" ~ package_name ~ "'") -%}
  {%- endif -%}
  {{ return(namespace_of_macros[macro_name]) }}
{%- endmacro %}

{#- What the strategies have in common. -#}
{% macro snapshot_strategy(updated_at, row_changed) -%}
  {%- set unique_key = config.get('unique_key') -%}
  {%- set hard_deletes = adapter.get_hard_deletes_behavior(config) -%}
  {{ return({
    'unique_key': unique_key,
    'updated_at': updated_at,
    'row_changed': row_changed,
    'scd_id': snapshot_hash_arguments(api.Relation.scd_args(unique_key, updated_at)),
    'invalidate_hard_deletes': hard_deletes == 'invalidate',
    'hard_deletes': hard_deletes,
  }) }}
{%- endmacro %}

{#- strategy: timestamp. A row has changed when its updated_at is later than the version's beginning. -#}
{% macro snapshot_timestamp_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) -%}
  {%- set updated_at = config.get('updated_at') -%}
  {#- Compared with our own column: the snapshot may come from another strategy and lack updated_at. -#}
  {%- set since = snapshotted_rel ~ '.' ~ snapshot_columns().dbt_valid_from -%}
  {{ return(snapshot_strategy(updated_at, '(' ~ since ~ ' < ' ~ current_rel ~ '.' ~ updated_at ~ ')')) }}
{%- endmacro %}

{#- strategy: check. A row has changed when one of check_cols has, or when there are more of those than before. -#}
{% macro snapshot_check_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) -%}
  {%- set updated_at = config.get('updated_at') or snapshot_get_time() -%}
  {%- set column_added, check_cols = snapshot_check_all_get_existing_columns(node, target_exists, config.get('check_cols')) -%}
  {%- set tests = [] -%}
  {%- if column_added -%}
    {%- do tests.append(get_true_sql()) -%}
  {%- else -%}
    {%- for name in check_cols or [] -%}
      {%- set old, new = snapshotted_rel ~ '.' ~ name, current_rel ~ '.' ~ name -%}
      {#- Null against a value is a change; null against null is none. -#}
      {%- do tests.append(old ~ ' != ' ~ new ~ ' or (' ~ old ~ ' is null and ' ~ new ~ ' is not null) or (' ~ old ~ ' is not null and ' ~ new ~ ' is null)') -%}
    {%- endfor -%}
  {%- endif -%}
  {{ return(snapshot_strategy(updated_at, '(' ~ tests | join(' or ') ~ ')')) }}
{%- endmacro %}

{#- [whether check_cols has a column that the snapshot lacks, the quoted columns that both have] -#}
{% macro snapshot_check_all_get_existing_columns(node, target_exists, check_cols_config) -%}
  {%- if not target_exists -%}
    {{ return((false, [])) }}
  {%- endif -%}

  {#- The warehouse is asked, so that names come in its own case. -#}
  {%- if check_cols_config == 'all' -%}
    {%- set wanted = get_columns_in_query(node['compiled_code']) -%}
  {%- elif check_cols_config is iterable and check_cols_config | length > 0 -%}
    {#- On lines of its own: the query may end with a comment. -#}
    {%- set checked_sql -%}
      select {{ check_cols_config | join(', ') }} from (
        {{ node['compiled_code'] }}
      ) subq
    {%- endset -%}
    {%- set wanted = get_columns_in_query(checked_sql) -%}
  {%- else -%}
    {%- do exceptions.raise_compiler_error("Invalid value for 'check_cols': " ~ check_cols_config) -%}
  {%- endif -%}

  {%- set target_relation = adapter.get_relation(database=node.database, schema=node.schema, identifier=node.alias) -%}
  {%- set kept = adapter.get_columns_in_relation(target_relation) | map(attribute='name') | list -%}
  {%- set shared = [] -%}
  {%- for name in wanted if name in kept -%}
    {%- do shared.append(adapter.quote(name)) -%}
  {%- endfor -%}
  {{ return((shared | length < wanted | length, shared)) }}
{%- endmacro %}

{#- The id of a version. -#}
{% macro snapshot_hash_arguments(args) -%}
  {{ return(adapter.dispatch('snapshot_hash_arguments', 'dbt')(args)) }}
{%- endmacro %}

{#- The ids of old versions must come out again: this expression may never change. -#}
{% macro default__snapshot_hash_arguments(args) -%}
  {%- set parts = [] -%}
  {%- for argument in args -%}
    {%- do parts.append("coalesce(cast(" ~ argument ~ " as varchar), '')") -%}
  {%- endfor -%}
  md5({{ parts | join(" || '|' || ") }})
{%- endmacro %}

{#- A time known while rendering, as SQL. -#}
{% macro snapshot_string_as_time(timestamp) -%}
  {{ return(adapter.dispatch('snapshot_string_as_time', 'dbt')(timestamp)) }}
{%- endmacro %}

{% macro default__snapshot_string_as_time(timestamp) -%}
  {%- do exceptions.raise_not_implemented('snapshot_string_as_time macro not implemented for adapter ' ~ adapter.type()) -%}
{%- endmacro %}

{#- A condition that always holds. -#}
{% macro get_true_sql() -%}
  {{ return(adapter.dispatch('get_true_sql', 'dbt')()) }}
{%- endmacro %}

{% macro default__get_true_sql() -%}
  {{ return('TRUE') }}
{%- endmacro %}
