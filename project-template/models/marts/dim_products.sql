select
    products.product_id,
    products.sku,
    products.product_name,
    products.category,
    products.is_service,
    products.weight_grams,
    prices.price,
    prices.cost,
    prices.price - prices.cost as margin,
    prices.valid_from as price_valid_from
from {{ ref('stg_products') }} as products
inner join {{ ref('int_current_prices') }} as prices on prices.product_id = products.product_id
