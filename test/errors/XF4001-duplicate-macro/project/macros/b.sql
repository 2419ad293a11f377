
{% macro cents(y) %}{{ y }}{% endmacro %}
