{% materialization in_python, default, supported_languages=['python'] %}
  {{ return({'relations': []}) }}
{% endmaterialization %}
