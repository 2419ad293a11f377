with orders(x, y, z) as (select id, amount from {{ ref('a') }})
select x from orders
