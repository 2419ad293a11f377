{% macro from_model(name) %}
  from {{ ref(name) }}
{% endmacro %}
