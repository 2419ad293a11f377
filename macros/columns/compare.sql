{#- Comparing lists of columns, and writing them as SQL lists. -#}

{#- Quoted names, separated by commas. -#}
{% macro get_quoted_csv(column_names) -%}
  {%- set quoted = [] -%}
  {%- for name in column_names -%}
    {%- do quoted.append(adapter.quote(name)) -%}
  {%- endfor -%}
  {{ return(quoted | join(', ')) }}
{%- endmacro %}

{#- The columns of the first list whose names the second lacks; types are not looked at. -#}
{% macro diff_columns(source_columns, target_columns) -%}
  {{ return(source_columns | rejectattr('name', 'in', target_columns | map(attribute='column') | list) | list) }}
{%- endmacro %}

{#- The columns of both whose type has changed, unless the target can be widened to it: [{column_name, new_type}]. -#}
{% macro diff_column_data_types(source_columns, target_columns) -%}
  {{ return(adapter.dispatch('diff_column_data_types', 'dbt')(source_columns, target_columns)) }}
{%- endmacro %}

{% macro default__diff_column_data_types(source_columns, target_columns) -%}
  {%- set targets = {} -%}
  {%- for column in target_columns -%}
    {%- do targets.setdefault(column.name, column) -%}
  {%- endfor -%}

  {%- set changed = [] -%}
  {%- for source in source_columns if source.name in targets -%}
    {%- set target = targets[source.name] -%}
    {%- if source.expanded_data_type != target.expanded_data_type and not source.can_expand_to(other_column=target) -%}
      {%- do changed.append({'column_name': target.name, 'new_type': source.expanded_data_type}) -%}
    {%- endif -%}
  {%- endfor -%}
  {{ return(changed) }}
{%- endmacro %}
