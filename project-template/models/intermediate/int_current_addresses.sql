{{ config(materialized='view') }}

with ranked as (
    select
        customer_id,
        street,
        city,
        postcode,
        updated_at,
        row_number() over (partition by customer_id order by updated_at desc) as age_rank
    from {{ ref('stg_addresses') }}
)

select customer_id, street, city, postcode, updated_at
from ranked
where age_rank = 1
