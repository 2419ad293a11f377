with orders as (select 1 as x)
select * from {{ ref('a') }}
