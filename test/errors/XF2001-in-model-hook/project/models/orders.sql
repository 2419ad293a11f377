{{ config(post_hook="select {{ 'a' ~ }}") }}
select 1 as id
