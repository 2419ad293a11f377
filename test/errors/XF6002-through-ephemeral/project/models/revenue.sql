select sum(id) as n
from {{ ref('staged') }}
