select 1 as id
{% if execute %} from {{ ref('orders') }}{% endif %}
