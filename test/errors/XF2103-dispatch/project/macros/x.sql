{% macro week(column) %}{{ return(adapter.dispatch('week_of')(column)) }}{% endmacro %}
{% macro default__week_off(column) %}week({{ column }}){% endmacro %}
