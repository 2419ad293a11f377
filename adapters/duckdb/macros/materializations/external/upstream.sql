{#- For `on-run-start` with an in-memory database: views on the files of external models that the selected ones read but this run does not build. -#}

{% macro register_upstream_external_models() -%}
  {%- if not execute -%}
    {{ return('') }}
  {%- endif -%}
  {%- set parents = [] -%}
  {%- for unique_id in selected_resources if unique_id in graph['nodes'] -%}
    {%- do parents.extend(graph['nodes'][unique_id]['depends_on']['nodes']) -%}
  {%- endfor -%}
  {%- set schemas = [] -%}
  {%- for unique_id in parents | unique(case_sensitive=true) if unique_id not in selected_resources -%}
    {%- set node = graph['nodes'].get(unique_id) -%}
    {%- if node and node.resource_type in ('model', 'seed') and node.config.materialized == 'external' -%}
      {%- set relation = api.Relation.create(database=node['database'], schema=node['schema'], identifier=node['alias']) -%}
      {%- if relation.schema not in schemas -%}
        {%- do schemas.append(relation.schema) -%}
        {%- call statement('main') -%}
          create schema if not exists {{ relation.without_identifier() }}
        {%- endcall -%}
      {%- endif -%}
      {%- set location = node.config.get('location', external_location(relation, node.config)) -%}
      {%- call statement('main') -%}
        create or replace view {{ relation }} as (
          select * from '{{ adapter.external_read_location(location, render_write_options(node.config)) }}'
        );
      {%- endcall -%}
    {%- endif -%}
  {%- endfor -%}
  {%- if schemas -%}
    {%- do adapter.commit() -%}
  {%- endif -%}
{%- endmacro %}
