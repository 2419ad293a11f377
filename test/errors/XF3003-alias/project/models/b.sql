select order_.id
from {{ ref('a') }} as orders
