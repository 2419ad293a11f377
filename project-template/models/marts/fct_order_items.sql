{{
    config(
        materialized='incremental',
        unique_key='order_item_id',
        on_schema_change='append_new_columns'
    )
}}

select
    items.order_item_id,
    items.order_id,
    items.product_id,
    orders.customer_id,
    orders.ordered_at,
    orders.status,
    items.quantity,
    items.unit_price,
    items.discount_percent,
    items.amount
from {{ ref('stg_order_items') }} as items
inner join {{ ref('stg_orders') }} as orders on orders.order_id = items.order_id
{% if is_incremental() %}
-- Three days back, because the status of an order may change after it was placed.
where orders.ordered_at >= (select max(ordered_at) - interval '3 days' from {{ this }})
{% endif %}
