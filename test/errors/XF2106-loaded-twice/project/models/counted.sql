{% call statement('counted', fetch_result=True) %}select 1{% endcall %}
{% set first = load_result('counted') %}
{% set second = load_result('counted') %}
select 1 as id
