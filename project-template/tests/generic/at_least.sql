{# Fails for every value below the minimum. A missing value is left to not_null. #}
{% test at_least(model, column_name, minimum=0) %}

select {{ column_name }}
from {{ model }}
where {{ column_name }} < {{ minimum }}

{% endtest %}
