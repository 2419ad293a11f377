with orders as (select * from {{ ref('a') }})
select * from order_s
