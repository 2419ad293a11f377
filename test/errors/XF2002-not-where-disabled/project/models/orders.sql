{{ config(enabled=false) }}
select {{ no_such_macro() }}
