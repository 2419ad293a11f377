{#- Functions as macros: DuckDB puts the body into the query that calls it. -#}

{% macro duckdb__scalar_function_sql(target_relation) -%}
  {{ return(duckdb_create_macro(target_relation)) }}
{%- endmacro %}

{#- An expression with aggregates in it, such as `sum(x) / count(x)`, aggregates wherever it is put. -#}
{% macro duckdb__aggregate_function_sql(target_relation) -%}
  {{ return(duckdb_create_macro(target_relation)) }}
{%- endmacro %}

{#- With all overloads: a macro that is replaced loses those it had. -#}
{% macro duckdb_create_macro(target_relation) -%}
  {%- do scalar_function_volatility_sql() -%}
  create or replace macro {{ target_relation.render() }}
    {{ duckdb_macro_body(model.arguments, model.returns, model.compiled_code) }}
  {%- for overload in model.overloads -%}
    ,
    {{ duckdb_macro_body(overload.arguments, overload.returns or model.returns, overload.compiled_body) }}
  {%- endfor -%};
{%- endmacro %}

{#- The parentheses hold an expression as well as a select; the line breaks end a comment at its end. -#}
{% macro duckdb_macro_body(arguments, returns, body) -%}
  ({{ duckdb_macro_arguments(arguments) }}) as cast((
    {{ body | trim | trim(';') }}
  ) as {{ returns.data_type }})
{%- endmacro %}

{#-
  A type in a macro takes values of just that type, and needs a file of DuckDB 1.4. So there are types only where
  overloads cannot be told apart by the number of their arguments.
-#}
{% macro duckdb_macro_arguments(arguments) -%}
  {%- set counts = model.overloads | map(attribute='arguments') | map('length') | list + [model.arguments | length] -%}
  {%- set typed = counts | unique | list | length < counts | length -%}
  {%- for argument in arguments -%}
    {%- set default_value = argument.get('default_value') -%}
    {{ argument.name }}{{ ' ' ~ argument.data_type if typed }}{{ ' := ' ~ default_value if default_value is not none }}{{ ', ' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}

{% macro duckdb__formatted_scalar_function_args_sql() -%}
  {{ return(duckdb_macro_arguments(model.arguments)) }}
{%- endmacro %}

{#- A macro has none of its own, only that of what it is made of. -#}
{% macro duckdb__scalar_function_volatility_sql() -%}
  {%- set volatility = model.config.get('volatility') -%}
  {%- if volatility is not none -%}
    {%- do unsupported_volatility_warning(volatility) -%}
  {%- endif -%}
{%- endmacro %}
