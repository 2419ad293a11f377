{# The day as of which the books are read, as a date in SQL. #}
{% macro business_date() -%}
    cast('{{ var("business_date") }}' as date)
{%- endmacro %}
