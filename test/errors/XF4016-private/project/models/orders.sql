{{ config(group='finance', access='private') }}
select 1 as id
