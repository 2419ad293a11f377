select
    product_id,
    sku,
    product_name,
    category,
    weight_grams,
    category = 'service' as is_service
from {{ ref('raw_products') }}
