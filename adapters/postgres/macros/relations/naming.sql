{#- Names of relations that stand in for others. Postgres cuts names at 63 characters: the base gives way, never the suffix that tells them apart. -#}

{% macro postgres__make_relation_with_suffix(base_relation, suffix, dstring) -%}
  {%- set ending = suffix ~ modules.datetime.datetime.now().strftime('%H%M%S%f') if dstring else suffix -%}
  {%- set most = base_relation.relation_max_name_length() -%}
  {%- if ending | length > most -%}
    {%- do exceptions.raise_compiler_error('Relation suffix is too long (' ~ ending | length ~ ' characters). Maximum length is ' ~ most ~ ' characters.') -%}
  {%- endif -%}
  {{ return(base_relation.incorporate(path={'identifier': base_relation.identifier[:most - ending | length] ~ ending})) }}
{%- endmacro %}

{% macro postgres__make_intermediate_relation(base_relation, suffix) -%}
  {{ return(postgres__make_relation_with_suffix(base_relation, suffix, dstring=False)) }}
{%- endmacro %}

{#- Temporary tables live in a schema of the session's own, so they are named without one. -#}
{% macro postgres__make_temp_relation(base_relation, suffix) -%}
  {%- set named = postgres__make_relation_with_suffix(base_relation, suffix, dstring=True) -%}
  {{ return(named.incorporate(path={'schema': none, 'database': none})) }}
{%- endmacro %}

{% macro postgres__make_backup_relation(base_relation, backup_relation_type, suffix) -%}
  {{ return(postgres__make_relation_with_suffix(base_relation, suffix, dstring=False).incorporate(type=backup_relation_type)) }}
{%- endmacro %}
