{{ config(materialized='in_python') }}
select 1 as id
