{{ config(materialized='view') }}

-- A view, not an ephemeral model: the snapshot of prices reads it.
with ranked as (
    select
        product_id,
        valid_from,
        price,
        cost,
        row_number() over (partition by product_id order by valid_from desc) as age_rank
    from {{ ref('stg_prices') }}
)

select product_id, valid_from, price, cost
from ranked
where age_rank = 1
