{{ config(severity='error') }}

-- Grouping by day neither loses nor doubles money.
with by_order as (
    select sum(paid_amount) as revenue from {{ ref('fct_orders') }}
),

by_day as (
    select sum(revenue) as revenue from {{ ref('fct_daily_revenue') }}
)

select by_order.revenue as order_revenue, by_day.revenue as day_revenue
from by_order
cross join by_day
where by_order.revenue <> by_day.revenue
