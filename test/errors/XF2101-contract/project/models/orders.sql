select
  'x' as id,
  2 as other
