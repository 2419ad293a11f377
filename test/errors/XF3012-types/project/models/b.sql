select
    id,
    name + 1 as next_name
from {{ ref('a') }}
where day > id
