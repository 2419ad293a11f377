select id, sum(amount) as total
from {{ ref('a') }}
group by 1, 2
