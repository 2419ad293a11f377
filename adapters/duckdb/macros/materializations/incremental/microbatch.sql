{#- incremental_strategy: microbatch. Replaces the rows of one span of event_time. -#}

{% macro duckdb__get_incremental_microbatch_sql(arg_dict) -%}
  {%- set event_time = config.get('event_time') -%}
  {%- if not event_time -%}
    {%- do exceptions.raise_compiler_error("microbatch incremental strategy requires an 'event_time' model config") -%}
  {%- endif -%}
  {%- if config.get('unique_key') -%}
    {%- do exceptions.raise_compiler_error(
      "microbatch incremental strategy does not support 'unique_key': a batch replaces all rows of its span of 'event_time'. Remove 'unique_key' or use incremental_strategy='merge'."
    ) -%}
  {%- endif -%}
  {%- set batch = model.get('batch') or {} -%}
  {%- if not (batch.get('event_time_start') and batch.get('event_time_end')) -%}
    {%- do exceptions.raise_compiler_error("microbatch incremental strategy requires 'batch.event_time_start' and 'batch.event_time_end' to be set in the context") -%}
  {%- endif -%}

  {%- set span = event_time ~ " >= '" ~ batch.event_time_start ~ "' and " ~ event_time ~ " < '" ~ batch.event_time_end ~ "'" -%}
  {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
  delete from {{ arg_dict['target_relation'] }}
  where {{ span }}
  {%- for predicate in normalize_incremental_predicates(arg_dict.get('incremental_predicates')) %}
    and ({{ predicate }})
  {%- endfor %};

  insert into {{ arg_dict['target_relation'] }} ({{ columns }})
  select {{ columns }}
  from {{ arg_dict['temp_relation'] }}
  where {{ span }};
{%- endmacro %}
