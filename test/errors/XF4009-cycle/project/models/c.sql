select 1 from {{ ref('a') }}
