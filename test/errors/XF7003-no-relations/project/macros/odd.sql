{% materialization odd, default %}
  {% call statement('main') %}select 1{% endcall %}
  {{ return({'relation': []}) }}
{% endmaterialization %}
