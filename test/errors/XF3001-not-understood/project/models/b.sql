select id,
  case when then from {{ ref('a') }}
