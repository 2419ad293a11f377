select {{ guard() }} as id
