{% set relations = adapter.list_relations('dev', 'main') %}
select 1 as id
