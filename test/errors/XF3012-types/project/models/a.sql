select 1 as id, 'x' as name, current_date as day
