select id, sum(amount) as total
from {{ ref('a') }}
