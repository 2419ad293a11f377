{#- Temporary tables. They belong to the connection, and live in its memory. -#}

{% macro duckdb__make_temp_relation(base_relation, suffix) -%}
  {%- set name = base_relation.identifier ~ suffix ~ py_current_timestring() -%}
  {{ return(base_relation.incorporate(path={'identifier': name, 'schema': none, 'database': none})) }}
{%- endmacro %}

{#- {relation, temporary}: MotherDuck keeps no temporary tables on its side, a real one in a schema of its own stands in. -#}
{% macro duckdb__dispatch_temporary_relation(target_relation, batch_id='') -%}
  {%- if not adapter.is_motherduck() -%}
    {{ return({'relation': make_temp_relation(target_relation), 'temporary': true}) }}
  {%- endif -%}
  {%- set stand_in = target_relation.incorporate(path=adapter.get_temp_relation_path(target_relation, batch_id)) -%}
  {%- do create_schema(stand_in) -%}
  {%- if not adapter.disable_transactions() -%}
    {%- do adapter.commit() -%}
  {%- endif -%}
  {{ return({'relation': stand_in, 'temporary': false}) }}
{%- endmacro %}
