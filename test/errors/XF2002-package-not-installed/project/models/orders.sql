select {{ dbt_utils.generate_surrogate_key(['id']) }} as key
