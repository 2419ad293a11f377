select {{ ping(0) }} as id
