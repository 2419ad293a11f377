{#- Checks the settings of incremental_strategy: merge before any SQL is written, and reports all that is wrong at once. -#}

{% macro validate_merge_config(config, target_relation=none) -%}
  {%- set kinds = {
    'merge_update_condition': 'string',
    'merge_insert_condition': 'string',
    'merge_on_using_columns': 'sequence',
    'merge_update_columns': 'sequence',
    'merge_update_set_expressions': 'mapping',
    'merge_exclude_columns': 'sequence',
    'merge_returning_columns': 'sequence',
  } -%}
  {%- set errors = [] -%}
  {%- for name, kind in kinds.items() -%}
    {%- if kind == 'string' -%}
      {%- do validate_string_field(config.get(name), name, errors) -%}
    {%- elif kind == 'sequence' -%}
      {%- do validate_string_list_field(config.get(name), name, errors) -%}
    {%- else -%}
      {%- do validate_dict_field(config.get(name), name, errors) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- do validate_merge_clauses(config, kinds, errors) -%}
  {%- if not errors -%}
    {%- do validate_ducklake_restrictions(config, target_relation, errors) -%}
  {%- endif -%}
  {%- if errors -%}
    {%- do exceptions.raise_compiler_error('MERGE configuration errors:\n' ~ errors | join('\n')) -%}
  {%- endif -%}
{%- endmacro %}

{% macro validate_string_field(field_value, field_name, errors) -%}
  {%- if field_value is not none and field_value is not string -%}
    {%- do errors.append(field_name ~ ' must be a string, found: ' ~ field_value) -%}
  {%- endif -%}
{%- endmacro %}

{% macro validate_string_list_field(field_value, field_name, errors) -%}
  {%- if field_value is none -%}
    {{ return('') }}
  {%- endif -%}
  {%- if field_value is string or field_value is mapping or field_value is not sequence -%}
    {%- do errors.append(field_name ~ ' must be a list') -%}
    {{ return('') }}
  {%- endif -%}
  {%- for item in field_value if item is not string -%}
    {%- do errors.append(field_name ~ ' must contain only string values, found: ' ~ item) -%}
  {%- endfor -%}
{%- endmacro %}

{% macro validate_dict_field(field_value, field_name, errors) -%}
  {%- if field_value is not none and field_value is not mapping -%}
    {%- do errors.append(field_name ~ ' must be a dictionary, found: ' ~ field_value) -%}
  {%- endif -%}
{%- endmacro %}

{% macro validate_merge_clauses(config, base_configuration_fields, errors) -%}
  {%- set clauses = config.get('merge_clauses') -%}
  {%- if clauses is none -%}
    {{ return('') }}
  {%- elif clauses is not mapping -%}
    {%- do errors.append('merge_clauses must be a dictionary, found: ' ~ clauses) -%}
    {{ return('') }}
  {%- endif -%}

  {%- set sides = ['when_matched', 'when_not_matched'] | select('in', clauses) | list -%}
  {%- if not sides -%}
    {%- do errors.append("merge_clauses must contain at least one of 'when_matched' or 'when_not_matched' keys") -%}
  {%- endif -%}
  {%- for side in sides -%}
    {%- do validate_merge_clause_list(clauses, side, errors) -%}
  {%- endfor -%}

  {#- The simple settings would say what the clauses say already. -#}
  {%- set unread = [] -%}
  {%- for name, kind in base_configuration_fields.items() if name not in ['merge_on_using_columns', 'merge_returning_columns'] -%}
    {%- set value = config.get(name) -%}
    {%- if value is not none and (kind == 'string' or value | length > 0) -%}
      {%- do unread.append(name) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- if unread -%}
    {%- do errors.append(
      'When merge_clauses is specified, the following basic merge configurations will be ignored and should be removed: ' ~ unread | join(', ') ~ '. Define your merge behavior within merge_clauses instead.'
    ) -%}
  {%- endif -%}
{%- endmacro %}

{% macro validate_merge_clause_list(merge_clauses, clause_type, errors) -%}
  {%- set clauses = merge_clauses.get(clause_type) -%}
  {%- set name = 'merge_clauses.' ~ clause_type -%}
  {%- if clauses is string or clauses is mapping or clauses is not sequence -%}
    {%- do errors.append(name ~ ' must be a list') -%}
  {%- elif not clauses -%}
    {%- do errors.append(name ~ ' must contain at least one element') -%}
  {%- else -%}
    {%- for clause in clauses if clause is not mapping -%}
      {%- do errors.append(name ~ ' elements must be dictionaries, found: ' ~ clause) -%}
    {%- endfor -%}
  {%- endif -%}
{%- endmacro %}

{#- DuckLake takes one UPDATE or DELETE to a MERGE, and gives no rows back. -#}
{% macro validate_ducklake_restrictions(config, target_relation, errors) -%}
  {%- if not target_relation or not adapter.is_ducklake(target_relation) -%}
    {{ return('') }}
  {%- endif -%}
  {%- if config.get('merge_returning_columns') -%}
    {%- do errors.append('DuckLake MERGE restrictions: merge_returning_columns is not supported because DuckLake does not support RETURNING.') -%}
  {%- endif -%}
  {%- set clauses = config.get('merge_clauses') or {} -%}
  {%- set writing = (clauses.get('when_matched', []) + clauses.get('when_not_matched', [])) | selectattr('action', 'defined') | selectattr('action', 'in', ['update', 'delete']) | list -%}
  {%- if writing | length > 1 -%}
    {%- do errors.append(
      'DuckLake MERGE restrictions: merge_clauses can contain only a single UPDATE or DELETE action across when_matched and when_not_matched. Found ' ~ writing | length ~ ' UPDATE/DELETE actions.'
    ) -%}
  {%- endif -%}
{%- endmacro %}
