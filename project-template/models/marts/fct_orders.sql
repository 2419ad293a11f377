select
    orders.order_id,
    orders.customer_id,
    orders.ordered_at,
    orders.ordered_on,
    orders.channel,
    orders.status,
    totals.line_count,
    totals.quantity,
    totals.amount,
    coalesce(payments.card_amount, 0) as card_amount,
    coalesce(payments.cash_amount, 0) as cash_amount,
    coalesce(payments.transfer_amount, 0) as transfer_amount,
    coalesce(payments.voucher_amount, 0) as voucher_amount,
    coalesce(payments.refunded_amount, 0) as refunded_amount,
    coalesce(payments.paid_amount, 0) as paid_amount
from {{ ref('stg_orders') }} as orders
inner join {{ ref('int_order_totals') }} as totals on totals.order_id = orders.order_id
left join {{ ref('int_order_payments') }} as payments on payments.order_id = orders.order_id
