select
    product_id,
    cast(valid_from as date) as valid_from,
    {{ cents_to_currency('price_cents') }} as price,
    {{ cents_to_currency('cost_cents') }} as cost
from {{ ref('raw_price_list') }}
where cast(valid_from as date) <= {{ business_date() }}
