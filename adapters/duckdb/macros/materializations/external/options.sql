{#- Where the files of external models are, and how they are written and read. -#}

{#- The place of a model that names none: in external_root, by its name. -#}
{% macro external_location(relation, config) -%}
  {%- set is_folder = config.get('options', {}).get('partition_by') is not none -%}
  {{- adapter.external_root() }}/{{ relation.identifier }}{{ '' if is_folder else '.' ~ config.get('format', 'parquet') -}}
{%- endmacro %}

{% macro location_exists(location) -%}
  {{ return(adapter.location_exists(location)) }}
{%- endmacro %}

{% macro write_to_file(relation, location, options) -%}
  {%- call statement('write_to_file') -%}
    copy {{ relation }} to '{{ location }}' ({{ options }})
  {%- endcall -%}
{%- endmacro %}

{#- The `options` config, rendered, with `format` and `delimiter`, which stood beside it once. -#}
{% macro render_write_options(config) -%}
  {%- set configured = config.get('options', {}) -%}
  {%- if configured is not mapping -%}
    {%- do exceptions.raise_compiler_error('The options argument must be a dictionary') -%}
  {%- endif -%}
  {%- set rendered = {} -%}
  {%- for name, value in configured.items() -%}
    {%- do rendered.update({name: render(value)}) -%}
  {%- endfor -%}
  {%- for name in ['format', 'delimiter'] if config.get(name) -%}
    {%- do rendered.update({name: render(config.get(name))}) -%}
  {%- endfor -%}
  {{ return(rendered) }}
{%- endmacro %}

{#- With format and compression where they are left to the file's name: data.csv.gz. -#}
{% macro complete_write_options(location, options) -%}
  {%- if 'format' in options -%}
    {{ return(options) }}
  {%- endif -%}
  {%- set endings = (location | lower).split('/')[-1].split('.')[1:] -%}
  {%- set compression = {'gz': 'gzip', 'zst': 'zstd'}.get(endings[-1]) if endings else none -%}
  {%- set file_format = (endings[-2] if endings | length > 1 else '') if compression else (endings[-1] if endings else '') -%}
  {%- if file_format and compression and 'compression' not in options -%}
    {%- do options.update({'compression': compression}) -%}
  {%- endif -%}
  {%- do options.update({'format': file_format or ('csv' if 'delimiter' in options else 'parquet')}) -%}
  {{ return(options) }}
{%- endmacro %}

{#- How the files are read back: as configured, else as they are written. -#}
{% macro external_read_format(configured, options) -%}
  {%- set known = ['csv', 'parquet', 'json'] -%}
  {%- if configured and configured not in known -%}
    {%- do exceptions.raise_compiler_error('Invalid format: ' ~ configured ~ '. Allowed formats are: ' ~ known | join(', ')) -%}
  {%- endif -%}
  {%- set written = options['format'] | lower -%}
  {{ return(configured or (written if written in known else 'parquet')) }}
{%- endmacro %}

{#- read_parquet('…', …) -#}
{% macro external_reader(file_format, location, options) -%}
  {%- set usual = {'union_by_name': False} if file_format == 'parquet' else {'auto_detect': True} -%}
  {%- set read_options = dict(config.get(file_format ~ '_read_options', usual)) -%}
  {#- DuckDB knows a compression by a lower-case ending only, so it is said again. -#}
  {%- if file_format != 'parquet' and options.get('compression') -%}
    {%- do read_options.setdefault('compression', options['compression']) -%}
  {%- endif -%}
  read_{{ file_format }}('{{ location }}'
  {%- for name, value in read_options.items() -%}
    , {{ name }}={{ "'" ~ value ~ "'" if value is string else value }}
  {%- endfor -%}
  )
{%- endmacro %}
