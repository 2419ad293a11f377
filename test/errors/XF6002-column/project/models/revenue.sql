with o as (
  select * from {{ ref('orders') }}
)
select
  id,
  amout
from o
