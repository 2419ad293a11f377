select
    order_id,
    count(*) as line_count,
    cast(sum(quantity) as integer) as quantity,
    sum(amount) as amount
from {{ ref('stg_order_items') }}
group by order_id
