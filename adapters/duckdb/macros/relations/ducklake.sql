{#- Partitioning and sorting, which only tables in a DuckLake have. -#}

{#- `partitioned_by` or `partition_by` as SQL; none where it does not apply. -#}
{% macro duckdb__get_partitioned_by(relation, temporary) -%}
  {%- set parts = ducklake_layout(relation, temporary, 'partitioned_by', 'partition_by') -%}
  {{ return(parts | join(', ') if parts else none) }}
{%- endmacro %}

{#- `sorted_by` or `sort_by` as SQL; none where it does not apply. -#}
{% macro duckdb__get_sorted_by(relation, temporary) -%}
  {%- set quoted = [] -%}
  {%- for part in ducklake_layout(relation, temporary, 'sorted_by', 'sort_by') or [] -%}
    {%- do quoted.append(adapter.quote(part | replace('"', '""'))) -%}
  {%- endfor -%}
  {{ return(quoted | join(', ') if quoted else none) }}
{%- endmacro %}

{#- The list under either name. Only for the table itself: not for those it is built through. -#}
{% macro ducklake_layout(relation, temporary, name, other_name) -%}
  {%- set raw = config.get(name, none) or config.get(other_name, none) -%}
  {%- if temporary or raw is none or raw == '' -%}
    {{ return(none) }}
  {%- endif -%}
  {%- set both_names = name ~ '/' ~ other_name -%}
  {%- set parts = normalize_string_or_list(raw, both_names) -%}
  {%- if not parts -%}
    {%- do exceptions.raise_compiler_error(both_names ~ ' must contain at least one column') -%}
  {%- endif -%}
  {%- if this is defined and config.get('materialized') in ['table', 'incremental'] and relation.identifier and this.identifier and relation.identifier != this.identifier -%}
    {{ return(none) }}
  {%- endif -%}
  {%- if not adapter.is_ducklake(relation) -%}
    {%- do exceptions.warn(both_names ~ ' is only supported for DuckLake relations; ignoring for ' ~ relation) -%}
    {{ return(none) }}
  {%- endif -%}
  {{ return(parts) }}
{%- endmacro %}

{% macro duckdb__alter_table_set_partitioned_by(relation, partitioned_by) -%}
  alter table {{ relation }} set partitioned by ({{ partitioned_by }});
{%- endmacro %}

{% macro duckdb__alter_table_set_sorted_by(relation, sorted_by) -%}
  alter table {{ relation }} set sorted by ({{ sorted_by }});
{%- endmacro %}
