select id
from {{ ref('a') }} as one
join {{ ref('a') }} as two on one.id = two.id
