{{ config(alias='b_orders') }}
select 1 as id
