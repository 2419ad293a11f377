{% macro cents_to_dollars(column) %}
  round({{ divide_by(column, 100) }}, 2)
{% endmacro %}
