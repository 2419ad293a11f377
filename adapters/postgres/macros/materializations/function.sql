{#- Functions. -#}

{#- Arguments may have defaults here. -#}
{% macro postgres__formatted_scalar_function_args_sql() -%}
  {%- for argument in model.arguments -%}
    {%- set default_value = argument.get('default_value') -%}
    {{ argument.name }} {{ argument.data_type }}{{ ' default ' ~ default_value if default_value is not none }}{{ ', ' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}
