select
    customer_id,
    street,
    city,
    postcode,
    cast(updated_at as timestamp) as updated_at
from {{ ref('raw_addresses') }}
where cast(updated_at as date) <= {{ business_date() }}
