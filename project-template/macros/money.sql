{# An amount in cents as an amount of money with two decimals. #}
{% macro cents_to_currency(cents) -%}
    cast(({{ cents }}) / 100.0 as decimal(12, 2))
{%- endmacro %}

{# What a line of an order costs, in cents. The discount is rounded half up. #}
{% macro line_cents(quantity, unit_price_cents, discount_percent) -%}
    {{ quantity }} * {{ unit_price_cents }} - floor(({{ quantity }} * {{ unit_price_cents }} * {{ discount_percent }} + 50) / 100.0)
{%- endmacro %}
