select
    customer_id,
    first_name,
    last_name,
    first_name || ' ' || last_name as full_name,
    lower(email) as email,
    cast(signed_up_on as date) as signed_up_on,
    newsletter as has_newsletter
from {{ ref('raw_customers') }}
where cast(signed_up_on as date) <= {{ business_date() }}
