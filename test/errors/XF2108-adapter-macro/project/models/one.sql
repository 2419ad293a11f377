select {{ adapter_macro('dbt_utils.surrogate_key', 'id') }} as id
