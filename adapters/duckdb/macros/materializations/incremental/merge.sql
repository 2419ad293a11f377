{#-
  incremental_strategy: merge. A few settings say what happens to rows that match and to rows that do not; with
  merge_clauses a model lists the clauses itself: {when_matched: [...], when_not_matched: [...]}, each of an action
  (update, insert, delete, do_nothing, error), perhaps a condition, and for updates and inserts a mode.
-#}

{% macro duckdb__get_incremental_merge_sql(args_dict) -%}
  {{ return(duckdb__get_merge_sql(
    args_dict['target_relation'],
    args_dict['temp_relation'],
    args_dict['unique_key'],
    args_dict['dest_columns'],
    normalize_incremental_predicates(args_dict.get('incremental_predicates'))
  )) }}
{%- endmacro %}

{% macro duckdb__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
  {%- do validate_merge_config(config, target) -%}
  {%- set updated, excluded = config.get('merge_update_columns', []), config.get('merge_exclude_columns', []) -%}
  {%- set expressions = config.get('merge_update_set_expressions', {}) -%}
  {%- set usual = merge_clause_defaults(config.get('merge_update_condition', none), config.get('merge_insert_condition', none), updated, excluded, expressions) -%}
  {%- set clauses = config.get('merge_clauses', {}) -%}
  {%- set returned = config.get('merge_returning_columns', []) -%}

  {{ config.get('sql_header') or '' }}
  merge into {{ target }} as DBT_INTERNAL_DEST
  using {{ source }} as DBT_INTERNAL_SOURCE
  {{ duckdb__merge_join_clause(unique_key, config.get('merge_on_using_columns', []), normalize_incremental_predicates(incremental_predicates)) }}
  {%- for clause in clauses.get('when_matched', [usual.when_matched_update_explicit if updated or excluded or expressions else usual.when_matched_update_by_name]) %}
  when matched {{ merge_condition(clause) }} then {{ merge_action_when_matched(clause, dest_columns) }}
  {%- endfor -%}
  {%- for clause in clauses.get('when_not_matched', [usual.when_not_matched_insert_by_name]) %}
  when not matched {{ 'by ' ~ clause.get('by') if clause.get('by') }} {{ merge_condition(clause) }} then {{ merge_action_when_not_matched(clause) }}
  {%- endfor -%}
  {%- if returned %}
  returning {{ returned if returned is string else returned | join(', ') }}
  {%- endif -%}
{%- endmacro %}

{#- Which rows match: by the key, or by the columns of USING. -#}
{% macro duckdb__merge_join_clause(unique_key, merge_on_using_columns, incremental_predicates) -%}
  {%- set filters = incremental_predicates or [] -%}
  {%- if merge_on_using_columns -%}
    using ({{ merge_on_using_columns | join(', ') }}) {{ 'on (' ~ filters | join(') and (') ~ ')' if filters }}
  {%- else -%}
    {%- set conditions = [] -%}
    {%- for part in ([unique_key] if unique_key is string or unique_key is mapping or unique_key is not sequence else unique_key) if part -%}
      {%- do conditions.append('DBT_INTERNAL_SOURCE.' ~ part ~ ' = DBT_INTERNAL_DEST.' ~ part) -%}
    {%- endfor -%}
    on ({{ ((conditions or ['FALSE']) + filters) | join(') and (') }})
  {%- endif -%}
{%- endmacro %}

{#- The clauses of a model that lists none. -#}
{% macro merge_clause_defaults(merge_update_condition, merge_insert_condition, merge_update_columns=[], merge_exclude_columns=[], merge_update_set_expressions={}) -%}
  {{ return({
    'when_matched_update_by_name': {'action': 'update', 'condition': merge_update_condition, 'mode': 'by_name'},
    'when_matched_update_explicit': {
      'action': 'update',
      'condition': merge_update_condition,
      'mode': 'explicit',
      'update': {'include': merge_update_columns, 'exclude': merge_exclude_columns, 'set_expressions': merge_update_set_expressions},
    },
    'when_not_matched_insert_by_name': {'action': 'insert', 'condition': merge_insert_condition, 'mode': 'by_name'},
  }) }}
{%- endmacro %}

{% macro merge_condition(clause) -%}
  {%- set condition = clause.get('condition') -%}
  {%- if condition -%}
    and {{ condition if condition is string else '(' ~ condition | join(') and (') ~ ')' }}
  {%- endif -%}
{%- endmacro %}

{% macro merge_action_when_matched(clause, dest_columns) -%}
  {%- set mode = clause.get('mode') -%}
  {%- if clause.get('action') != 'update' -%}
    {{ merge_other_action(clause) }}
  {%- elif mode == 'explicit' -%}
    {%- set update = clause.get('update', {}) -%}
    {%- set expressions = update.get('set_expressions', {}) -%}
    {%- set assignments = [] -%}
    {%- for column, expression in expressions.items() -%}
      {%- do assignments.append(column ~ ' = ' ~ expression) -%}
    {%- endfor -%}
    {%- for column in get_merge_update_columns(update.get('include', []), update.get('exclude', []), dest_columns) -%}
      {%- if column | replace('"', '') | replace("'", '') not in expressions -%}
        {%- do assignments.append(column ~ ' = DBT_INTERNAL_SOURCE.' ~ column) -%}
      {%- endif -%}
    {%- endfor -%}
    update set {{ assignments | join(', ') }}
  {%- else -%}
    {{ {'by_name': 'update by name', 'by_position': 'update by position', 'star': 'update set *'}.get(mode, '') }}
  {%- endif -%}
{%- endmacro %}

{% macro merge_action_when_not_matched(clause) -%}
  {%- set mode = clause.get('mode') -%}
  {%- if clause.get('action') == 'update' -%}
    {%- set assignments = [] -%}
    {%- for column, expression in clause.get('set_expressions', {}).items() -%}
      {%- do assignments.append(column ~ ' = ' ~ expression) -%}
    {%- endfor -%}
    update set {{ assignments | join(', ') }}
  {%- elif clause.get('action') != 'insert' -%}
    {{ merge_other_action(clause) }}
  {%- elif mode == 'explicit' -%}
    {%- set insert = clause.get('insert', {}) -%}
    insert ({{ insert.get('columns', []) | join(', ') }}) values ({{ insert.get('values', []) | join(', ') }})
  {%- else -%}
    {{ {'by_name': 'insert by name', 'by_position': 'insert by position', 'star': 'insert *'}.get(mode, '') }}
  {%- endif -%}
{%- endmacro %}

{#- Actions that are the same on both sides. -#}
{% macro merge_other_action(clause) -%}
  {%- set message = clause.get('error_message') -%}
  {%- if clause.get('action') == 'error' -%}
    error {{ "'" ~ message | replace("'", "''") ~ "'" if message }}
  {%- else -%}
    {{ {'delete': 'delete', 'do_nothing': 'do nothing'}.get(clause.get('action'), '') }}
  {%- endif -%}
{%- endmacro %}
