-- Prices that changed between two builds, from the snapshot.
select
    products.product_name,
    before.price as old_price,
    after.price as new_price,
    after.dbt_valid_from as noticed_at
from {{ ref('snap_prices') }} as before
inner join {{ ref('snap_prices') }} as after
    on after.product_id = before.product_id and after.dbt_valid_from = before.dbt_valid_to
inner join {{ ref('dim_products') }} as products on products.product_id = before.product_id
where after.price <> before.price
order by products.product_name
