-- What was paid for a completed order is what its lines cost.
select order_id, amount, paid_amount
from {{ ref('fct_orders') }}
where status = 'completed' and amount <> paid_amount
