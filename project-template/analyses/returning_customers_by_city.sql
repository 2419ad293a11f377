-- Where do customers come back? Compiled to target/compiled/, not built; try `xform show --select returning_customers_by_city`.
select
    city,
    count(*) as customers,
    sum(case when customer_kind = 'returning' then 1 else 0 end) as returning,
    sum(lifetime_revenue) as revenue
from {{ ref('dim_customers') }}
group by city
order by revenue desc
