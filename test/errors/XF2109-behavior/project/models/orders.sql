select 1 as id
{% if adapter.behavior.enable_truthy_null_equals_macro.no_warn %}where id = 1{% endif %}
