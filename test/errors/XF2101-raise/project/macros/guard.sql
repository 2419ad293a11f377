{% macro guard() %}{{ exceptions.raise_compiler_error('amounts must be positive') }}{% endmacro %}
