with orders as (
    select
        customer_id,
        min(ordered_on) as first_ordered_on,
        max(ordered_on) as last_ordered_on,
        count(*) as order_count,
        sum(paid_amount) as lifetime_revenue
    from {{ ref('fct_orders') }}
    where status <> 'cancelled'
    group by customer_id
)

select
    customers.customer_id,
    customers.full_name,
    customers.email,
    customers.signed_up_on,
    customers.has_newsletter,
    addresses.city,
    addresses.postcode,
    orders.first_ordered_on,
    orders.last_ordered_on,
    coalesce(orders.order_count, 0) as order_count,
    coalesce(orders.lifetime_revenue, 0) as lifetime_revenue,
    case
        when orders.order_count is null then 'prospect'
        when orders.order_count = 1 then 'new'
        else 'returning'
    end as customer_kind
from {{ ref('stg_customers') }} as customers
left join {{ ref('int_current_addresses') }} as addresses on addresses.customer_id = customers.customer_id
left join orders on orders.customer_id = customers.customer_id
