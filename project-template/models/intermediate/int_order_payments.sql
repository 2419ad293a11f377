{% set methods = ['card', 'cash', 'transfer', 'voucher'] -%}

select
    order_id,
    {% for method in methods -%}
    sum(case when method = '{{ method }}' then amount else 0 end) as {{ method }}_amount,
    {% endfor -%}
    sum(case when kind = 'refund' then amount else 0 end) as refunded_amount,
    sum(amount) as paid_amount
from {{ ref('stg_payments') }}
group by order_id
