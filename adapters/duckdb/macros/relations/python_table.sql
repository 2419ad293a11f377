{#-
  The Python program that writes what a Python model returns into its table. xform does not run Python models: the
  text is here for macros of projects and packages that make use of it.
-#}

{% macro py_write_table(temporary, relation, compiled_code, partitioned_by=none, sorted_by=none) -%}
{%- set has_layout = partitioned_by or sorted_by -%}
{{ compiled_code }}


def materialize(rows, connection):
    view = '__dbt_python_model_df_{{ relation.identifier }}'
    connection.register(view, rows)
    connection.execute(f'create table {{ relation }} as select * from {view}{{ ' limit 0' if has_layout }}')
{%- if partitioned_by %}
    connection.execute('alter table {{ relation }} set partitioned by ({{ partitioned_by }})')
{%- endif %}
{%- if sorted_by %}
    connection.execute('alter table {{ relation }} set sorted by ({{ sorted_by }})')
{%- endif %}
{%- if has_layout %}
    connection.execute(f'insert into {{ relation }} select * from {view}')
{%- endif %}
    connection.unregister(view)
{%- endmacro %}
