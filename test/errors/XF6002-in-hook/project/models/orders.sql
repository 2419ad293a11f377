{{ config(post_hook='insert into audit values (1)') }}
select 1 as id
