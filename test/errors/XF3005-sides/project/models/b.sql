select id, amount from {{ ref('a') }}
union all
select id from {{ ref('a') }}
