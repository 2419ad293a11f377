select id, amuont
from {{ ref('a') }}
