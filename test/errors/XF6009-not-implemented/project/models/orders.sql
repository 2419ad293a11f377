{{ config(materialized='table', post_hook='alter table {{ this }} add constraint positive check (id > 0)') }}
select 1 as id
