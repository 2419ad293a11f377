with orders as (select 1 as x), orders as (select 2 as x)
select x from orders
