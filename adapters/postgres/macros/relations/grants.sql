{#- Grants. -#}

{#- A table that replaces another is a new one: it starts without grants. -#}
{% macro postgres__copy_grants() -%}
  {{ return(False) }}
{%- endmacro %}

{#- What this role granted to others, on materialized views as well. Everybody (0) is no role that a config could name. -#}
{% macro postgres__get_show_grant_sql(relation) -%}
  select pg_catalog.pg_get_userbyid(given.grantee)::text as grantee, given.privilege_type
  from pg_catalog.pg_class
  cross join lateral pg_catalog.aclexplode(relacl) as given
  where pg_class.oid = to_regclass({{ postgres_literal(relation.include(database=False).render()) }})
    and pg_catalog.pg_get_userbyid(given.grantor) = current_role
    and pg_catalog.pg_get_userbyid(given.grantee) <> current_role
    and given.grantee <> 0
{%- endmacro %}
