{% macro surrogate_key(columns) %}md5({{ columns }}){% endmacro %}
