select
    items.order_item_id,
    items.order_id,
    items.product_id,
    items.quantity,
    {{ cents_to_currency('items.unit_price_cents') }} as unit_price,
    items.discount_percent,
    {{ cents_to_currency(line_cents('items.quantity', 'items.unit_price_cents', 'items.discount_percent')) }} as amount
from {{ ref('raw_order_items') }} as items
inner join {{ ref('stg_orders') }} as orders on orders.order_id = items.order_id
