{% macro pick(list) %}{{ list[0].name.upper(1) }}{% endmacro %}

{% macro first_of(list) %}
  {{ toolbox.pick(list) }}
{% endmacro %}
