{% macro cents_to_dollars(column) %}
  {% if column %}
    {{ column }} / 100
  {% endfor %}
{% endmacro %}
