select {{ cents(1, 2) }} as id
