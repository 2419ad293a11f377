select
  1 as id,
  {{ cents('5') }} as amount
