select
    payment_id,
    order_id,
    method,
    kind,
    {{ cents_to_currency('amount_cents') }} as amount,
    cast(paid_at as timestamp) as paid_at
from {{ ref('raw_payments') }}
where cast(paid_at as date) <= {{ business_date() }}
