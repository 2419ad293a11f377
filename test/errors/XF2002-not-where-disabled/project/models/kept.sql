select 1 as id {% if false %}{{ no_such_macro() }}{% endif %}
