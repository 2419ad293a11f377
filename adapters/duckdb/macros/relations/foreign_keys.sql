{#-
  Replacing tables that foreign keys hold together. DuckDB refuses to rename or drop a table that a foreign key
  refers to; and it remembers the name under which a table with a foreign key was made, so that one that was renamed
  keeps the other from ever being dropped. So: a table with foreign keys is made under its final name, and the tables
  whose keys refer to one that is replaced are dropped before and built again later in the same run.
-#}

{#- Constraint types (primary_key, foreign_key, unique, …) that the model's enforced contract declares. -#}
{% macro enforced_constraint_types() -%}
  {%- set types = [] -%}
  {%- if has_enforced_contract() -%}
    {%- for constraint in model.get('constraints', []) -%}
      {%- do types.append(constraint.type) -%}
    {%- endfor -%}
    {%- for column in model.get('columns', {}).values() -%}
      {%- for constraint in column.get('constraints', []) -%}
        {%- do types.append(constraint.type) -%}
      {%- endfor -%}
    {%- endfor -%}
  {%- endif -%}
  {{ return(types) }}
{%- endmacro %}

{#- Constraint types that the table in the database has. -#}
{% macro existing_constraint_types(relation) -%}
  {{ return(adapter.existing_key_constraint_types(relation) if relation is not none and relation.is_table else []) }}
{%- endmacro %}

{#- Both together; none at all in catalogs that only record them. The database is asked no more than it must be. -#}
{% macro key_constraint_types(relation) -%}
  {%- set declared = enforced_constraint_types() -%}
  {%- if not declared and (relation is none or not relation.is_table) -%}
    {{ return([]) }}
  {%- endif -%}
  {{ return(declared + existing_constraint_types(relation) if adapter.catalog_supports_foreign_keys(this.database) else []) }}
{%- endmacro %}

{#- Must the table be made under its final name? -#}
{% macro has_foreign_key_constraints(relation=none) -%}
  {{ return('foreign_key' in key_constraint_types(relation)) }}
{%- endmacro %}

{#- Could a foreign key refer to the table? Only to a primary key or to unique columns. -#}
{% macro may_be_foreign_key_target(relation=none) -%}
  {%- set types = key_constraint_types(relation) -%}
  {{ return('primary_key' in types or 'unique' in types) }}
{%- endmacro %}

{#- Drops a relation that is made again under the same name in this transaction. Returns what restore_foreign_key_dependents needs. -#}
{% macro drop_relation_for_rebuild(relation) -%}
  {#- A build that fails must not lose the table, and a drop opens no transaction by itself: any statement does, unless transactions are turned off. -#}
  {%- if adapter.disable_transactions() -%}
    {%- do exceptions.warn('disable_transactions is set, but a transaction is used all the same to rebuild ' ~ relation ~ ', which foreign keys hold in place: a build that fails must not lose its rows') -%}
    {%- do adapter.ensure_transaction() -%}
  {%- else -%}
    {%- call statement() -%}
      select 1
    {%- endcall -%}
  {%- endif -%}
  {%- set dropped = drop_foreign_key_dependents(relation) if relation.is_table and may_be_foreign_key_target(relation) else [] -%}
  {%- do adapter.drop_relation(relation) -%}
  {{ return(dropped) }}
{%- endmacro %}

{#-
  Drops the tables whose foreign keys lead to `relation`, the furthest first, and keeps their rows aside. Only tables
  that this run builds anew may be dropped; with any other it is an error, and nothing has been touched.
-#}
{% macro drop_foreign_key_dependents(relation) -%}
  {%- set references = foreign_key_references_to(relation) -%}
  {%- if not references -%}
    {{ return([]) }}
  {%- endif -%}
  {%- do assert_dependents_are_rebuilt(relation, references) -%}
  {%- set dropped = [] -%}
  {%- for table in references -%}
    {%- set dependent = api.Relation.create(database=relation.database, schema=relation.schema, identifier=table, type='table') -%}
    {%- set backup = dependent.incorporate(path={'identifier': table ~ '__dbt_fk_backup'}, type='table') -%}
    {%- do adapter.drop_relation(backup) -%}
    {%- call statement('backup_foreign_key_dependent_' ~ loop.index) -%}
      create table {{ backup }} as select * from {{ dependent }}
    {%- endcall -%}
    {%- do log('Dropping ' ~ dependent ~ ' because it references ' ~ relation ~ ' through a foreign key; it is rebuilt later in this run', info=True) -%}
    {%- do adapter.drop_relation(dependent) -%}
    {%- do dropped.append({'relation': dependent, 'backup': backup}) -%}
  {%- endfor -%}
  {{ return(dropped) }}
{%- endmacro %}

{#- Brings the rows back, without constraints: those come with the model's own turn. -#}
{% macro restore_foreign_key_dependents(dropped) -%}
  {%- for item in dropped | reverse -%}
    {%- do log('Restoring data for ' ~ item['relation'] ~ '; its constraints are rebuilt later in this run', info=True) -%}
    {%- do adapter.rename_relation(item['backup'], item['relation']) -%}
  {%- endfor -%}
{%- endmacro %}

{#- {table: lower-case names of the tables it refers to}, for all tables that lead to `relation`, the furthest first. A foreign key stays in its schema. -#}
{% macro foreign_key_references_to(relation) -%}
  {%- call statement('get_foreign_key_dependents', fetch_result=True) -%}
    with recursive edges as (
      select table_name, referenced_table
      from duckdb_constraints()
      where constraint_type = 'FOREIGN KEY'
        and lower(database_name) = lower('{{ adapter.escape_sql_string(relation.database) }}')
        and lower(schema_name) = lower('{{ adapter.escape_sql_string(relation.schema) }}')
        and lower(table_name) <> lower(referenced_table)
    ),
    reached(table_name, distance) as (
      select table_name, 1 from edges
      where lower(referenced_table) = lower('{{ adapter.escape_sql_string(relation.identifier) }}')
      union
      select edges.table_name, reached.distance + 1
      from edges join reached on lower(edges.referenced_table) = lower(reached.table_name)
    )
    select table_name, lower(referenced_table) as referenced_table, distance
    from (select table_name, max(distance) as distance from reached group by table_name)
    join edges using (table_name)
    order by distance desc, table_name, referenced_table
  {%- endcall -%}
  {%- set references = {} -%}
  {%- for row in load_result('get_foreign_key_dependents').table -%}
    {%- do references.setdefault(row[0], []).append(row[1]) -%}
  {%- endfor -%}
  {{ return(references) }}
{%- endmacro %}

{#- Fails unless each of the tables is a selected model that is built from scratch after this one. -#}
{% macro assert_dependents_are_rebuilt(relation, references) -%}
  {%- set by_name = {} -%}
  {%- for node in graph.nodes.values() if node.resource_type == 'model' -%}
    {%- if (node.database or '') | lower == (relation.database or '') | lower and node.schema | lower == relation.schema | lower -%}
      {%- do by_name.update({(node.alias or node.name) | lower: node}) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- set problems = [] -%}
  {%- for table, referenced_tables in references.items() -%}
    {%- set reason = why_not_rebuilt(by_name.get(table | lower), referenced_tables, by_name, relation) -%}
    {%- if reason -%}
      {%- do problems.append(table ~ ' (' ~ reason ~ ')') -%}
    {%- endif -%}
  {%- endfor -%}
  {%- if problems -%}
    {%- do exceptions.raise_compiler_error(
      'Cannot replace ' ~ relation ~ ' because DuckDB does not allow replacing a table that a foreign key references, and only referencing tables that this run rebuilds can be dropped. Problem tables: ' ~ problems | join('; ')
    ) -%}
  {%- endif -%}
{%- endmacro %}

{#- What is wrong with that, or none. -#}
{% macro why_not_rebuilt(node, referenced_tables, by_name, relation) -%}
  {%- if node is none -%}
    {{ return('not built by a dbt model in this project') }}
  {%- elif node.unique_id not in selected_resources -%}
    {{ return('model ' ~ node.name ~ ' is not selected in this run') }}
  {%- endif -%}
  {%- set upstream = [] -%}
  {%- for name in referenced_tables -%}
    {%- do upstream.append(model.unique_id if name == relation.identifier | lower else by_name[name].unique_id if name in by_name else none) -%}
  {%- endfor -%}
  {%- if not upstream | select('in', node.depends_on.nodes) | list -%}
    {{ return('model ' ~ node.name ~ ' does not ref() the table its foreign key points at, so dbt may not rebuild it afterwards; use `to: ref(...)` in the constraint') }}
  {%- endif -%}
  {%- set full_refresh = flags.FULL_REFRESH if node.config.full_refresh is none else node.config.full_refresh -%}
  {%- if node.config.materialized != 'table' and not (node.config.materialized == 'incremental' and full_refresh) -%}
    {{ return('model ' ~ node.name ~ ' is materialized as ' ~ node.config.materialized ~ ' and would lose its data; run with --full-refresh') }}
  {%- endif -%}
  {{ return(none) }}
{%- endmacro %}
