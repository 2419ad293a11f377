select id, cast(amount as vrchar) as amount from {{ ref('a') }}
