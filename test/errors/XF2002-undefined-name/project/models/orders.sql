select {{ order_limit.value }} as id
