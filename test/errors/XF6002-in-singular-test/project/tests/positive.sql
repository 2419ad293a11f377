select * from {{ ref('orders') }}
where amuont < 0
