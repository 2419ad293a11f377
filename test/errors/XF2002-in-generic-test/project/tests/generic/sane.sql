{% test sane(model) %}
select * from {{ modle(model) }}
{% endtest %}
