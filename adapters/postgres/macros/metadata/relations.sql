{#- What is in a schema, and what hangs on what. Read from pg_class: one pass instead of one for each of the catalog's views. -#}

{% macro postgres__list_relations_without_caching(schema_relation) -%}
  {%- call statement('list_relations_without_caching', fetch_result=True) -%}
    with namespace as (
      select oid, nspname
      from pg_catalog.pg_namespace
      where lower(nspname) = lower({{ postgres_literal(schema_relation.schema) }})
    )
    {#- A table of the same name comes after the function, and is what the cache keeps. -#}
    select distinct
      {{ postgres_literal(schema_relation.database) }} as database,
      proname::text as name,
      nspname::text as schema,
      'function' as type
    from pg_catalog.pg_proc
    join namespace on namespace.oid = pronamespace
    union all
    select
      {{ postgres_literal(schema_relation.database) }},
      relname::text,
      nspname::text,
      case relkind when 'v' then 'view' when 'm' then 'materialized_view' else 'table' end
    from pg_catalog.pg_class
    join namespace on namespace.oid = relnamespace
    where relkind in ('r', 'p', 'v', 'm')
  {%- endcall -%}
  {{ return(load_result('list_relations_without_caching').table) }}
{%- endmacro %}

{#- Views and what they read: dependent schema and name, referenced schema and name. The rule that makes a view a view depends on both. -#}
{% macro postgres__get_relations() -%}
  {%- call statement('relations', fetch_result=True) -%}
    select distinct
      dependent_schema.nspname::text as dependent_schema,
      dependent.relname::text as dependent_name,
      referenced_schema.nspname::text as referenced_schema,
      referenced.relname::text as referenced_name
    from pg_catalog.pg_rewrite as rule
    join pg_catalog.pg_class as dependent on dependent.oid = rule.ev_class
    join pg_catalog.pg_namespace as dependent_schema on dependent_schema.oid = dependent.relnamespace
    join pg_catalog.pg_depend as link
      on link.classid = 'pg_catalog.pg_rewrite'::regclass
      and link.objid = rule.oid
      and link.refclassid = 'pg_catalog.pg_class'::regclass
      and link.refobjid <> rule.ev_class
    join pg_catalog.pg_class as referenced on referenced.oid = link.refobjid
    join pg_catalog.pg_namespace as referenced_schema on referenced_schema.oid = referenced.relnamespace
    where referenced_schema.nspname <> 'information_schema'
      and referenced_schema.nspname not like 'pg\_%'
    order by 1, 2, 3, 4
  {%- endcall -%}
  {{ return(load_result('relations').table) }}
{%- endmacro %}

{% macro postgres_get_relations() -%}
  {{ return(postgres__get_relations()) }}
{%- endmacro %}

{#- From pg_attribute, which knows materialized views and says `integer[]` where information_schema says ARRAY. -#}
{% macro postgres__get_columns_in_relation(relation) -%}
  {%- call statement('get_columns_in_relation', fetch_result=True) -%}
    select
      attname::text as column_name,
      pg_catalog.format_type(coalesce(nullif(base.typbasetype, 0), atttypid), null) as data_type,
      case when atttypid in ('bpchar'::regtype, 'varchar'::regtype) and atttypmod > 0 then atttypmod - 4 end as character_maximum_length,
      case when atttypid = 'numeric'::regtype and atttypmod > 0 then ((atttypmod - 4) >> 16) & 65535 end as numeric_precision,
      case when atttypid = 'numeric'::regtype and atttypmod > 0 then (((atttypmod - 4) & 2047) # 1024) - 1024 end as numeric_scale
    from pg_catalog.pg_attribute
    join pg_catalog.pg_type as base on base.oid = atttypid
    where attrelid = to_regclass({{ postgres_literal(relation.include(database=False).render()) }})
      and attnum > 0
      and not attisdropped
    order by attnum
  {%- endcall -%}
  {{ return(sql_convert_columns_in_relation(load_result('get_columns_in_relation').table)) }}
{%- endmacro %}
