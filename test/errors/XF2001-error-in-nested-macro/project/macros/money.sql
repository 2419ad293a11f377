{% macro rate(currency) %}
  {% set rates = {'EUR': 1.1} %}
  {{ rates[currency] * 'x' * 2.5 }}
{% endmacro %}

{% macro money(column, currency) %}
  {{ column }} * {{ rate(currency) }}
{% endmacro %}
