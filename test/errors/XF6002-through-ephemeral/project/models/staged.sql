{{ config(materialized='ephemeral') }}
select
  id,
  amout
from {{ ref('orders') }}
