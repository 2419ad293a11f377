select
    order_id,
    customer_id,
    cast(ordered_at as timestamp) as ordered_at,
    cast(ordered_at as date) as ordered_on,
    channel,
    status
from {{ ref('raw_orders') }}
where cast(ordered_at as date) <= {{ business_date() }}
