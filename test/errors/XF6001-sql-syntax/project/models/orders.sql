select 1 as id
form somewhere
