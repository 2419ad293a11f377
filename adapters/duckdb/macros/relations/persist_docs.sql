{#- Descriptions as comments. -#}

{% macro duckdb__alter_relation_comment(relation, comment) -%}
  comment on {{ relation.type }} {{ relation }} is {{ duckdb_escape_comment(comment) }};
{%- endmacro %}

{% macro duckdb__alter_column_comment(relation, column_dict) -%}
  {%- set present = adapter.get_columns_in_relation(relation) | map(attribute='name') | list -%}
  {%- for name, column in column_dict.items() if name in present %}
  comment on column {{ relation }}.{{ adapter.quote(name) if column['quote'] else name }} is {{ duckdb_escape_comment(column['description']) }};
  {%- endfor -%}
{%- endmacro %}

{#- A literal. Doubling the quotes is all that DuckDB asks for. -#}
{% macro duckdb_escape_comment(comment) -%}
  {%- if comment is not string -%}
    {%- do exceptions.raise_compiler_error('A description must be text, not ' ~ comment) -%}
  {%- endif -%}
  '{{ comment | replace("'", "''") }}'
{%- endmacro %}

{#- DuckDB has no users to grant anything to. -#}
{% macro duckdb__apply_grants(relation, grant_config, should_revoke=True) -%}
  {%- if grant_config -%}
    {%- do exceptions.warn('Grants for relations are not supported by DuckDB') -%}
  {%- endif -%}
{%- endmacro %}
