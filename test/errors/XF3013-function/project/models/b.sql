select coalescee(id, 0) as id from {{ ref('a') }}
