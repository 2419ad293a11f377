with orders as (
    select
        ordered_on as revenue_date,
        count(*) as order_count,
        sum(case when channel = 'shop' then paid_amount else 0 end) as shop_revenue,
        sum(case when channel = 'web' then paid_amount else 0 end) as web_revenue,
        sum(paid_amount) as revenue
    from {{ ref('fct_orders') }}
    where status in ('completed', 'returned')
    group by ordered_on
)

select
    visits.visited_on as revenue_date,
    visits.visitors,
    coalesce(orders.order_count, 0) as order_count,
    coalesce(orders.shop_revenue, 0) as shop_revenue,
    coalesce(orders.web_revenue, 0) as web_revenue,
    coalesce(orders.revenue, 0) as revenue
from {{ ref('stg_visits') }} as visits
left join orders on orders.revenue_date = visits.visited_on
