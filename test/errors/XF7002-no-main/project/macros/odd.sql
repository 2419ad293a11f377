{% materialization odd, default %}{{ return({'relations': []}) }}{% endmaterialization %}
