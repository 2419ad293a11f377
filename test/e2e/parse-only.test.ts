import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

interface Manifest {
  readonly metadata: { readonly adapter_type: string };
  readonly nodes: Readonly<Record<string, { relation_name: string; depends_on: object; config: object }>>;
  readonly sources: Readonly<Record<string, { relation_name: string }>>;
}

interface Lineage {
  readonly nodes: Readonly<Record<string, { columns: { name: string; from: { column: string }[] }[] }>>;
}

/** A project on a warehouse, whose models depend on which warehouse it is. */
function projectOn(output: object): TemporaryProject {
  return new TemporaryProject({
    'profiles.yml': JSON.stringify({ shop: { target: 'dev', outputs: { dev: output } } }),
    'macros/picked.sql': `{% macro picked() %}{{ return(adapter.dispatch('picked')()) }}{% endmacro %}
{% macro default__picked() %}{{ return(ref('by_default')) }}{% endmacro %}
{% macro snowflake__picked() %}{{ return(ref('by_snowflake')) }}{% endmacro %}
{% macro spark__picked() %}{{ return(ref('by_spark')) }}{% endmacro %}
{% macro postgres__picked() %}{{ return(ref('by_postgres')) }}{% endmacro %}`,
    ...Object.fromEntries(
      ['default', 'snowflake', 'spark', 'postgres'].map((name) => [`models/by_${name}.sql`, 'select 1 as id']),
    ),
    'models/m.sql':
      "{{ config(materialized='dynamic_table', alias=target.type ~ '_' ~ target.name) }} select * from {{ picked() }}",
    'models/m.yml': 'sources:\n  - {name: raw, tables: [{name: t}]}\n',
  });
}

describe('a project on a warehouse without a driver', () => {
  it.each([
    [{ type: 'snowflake', account: 'a', user: 'u', database: 'db', schema: 's' }, 'by_snowflake', 'db.s.snowflake_dev'],
    [{ type: 'bigquery', method: 'oauth', project: 'db', dataset: 's' }, 'by_default', '`db`.`s`.`bigquery_dev`'],
    [{ type: 'databricks', host: 'h', schema: 's' }, 'by_spark', '`hive_metastore`.`s`.`databricks_dev`'],
    [{ type: 'redshift', host: 'h', dbname: 'db', schema: 's' }, 'by_postgres', '"db"."s"."redshift_dev"'],
    [{ type: 'trino', host: 'h', catalog: 'db', schema: 's' }, 'by_default', '"db"."s"."trino_dev"'],
    [{ type: 'athena', region_name: 'r', schema: 's' }, 'by_default', '"awsdatacatalog"."s"."athena_dev"'],
  ])('is parsed with its dispatch and its names: %o', (output, picked, relation) => {
    const project = projectOn(output);
    expect(project.ok(['parse'])).toContain(`Registered adapter: ${output.type}=parse-only`);
    const { metadata, nodes, sources } = project.artifact<Manifest>('manifest.json');
    expect(metadata.adapter_type).toBe(output.type);
    expect(nodes['model.shop.m']).toMatchObject({
      relation_name: relation,
      depends_on: { nodes: [`model.shop.${picked}`] },
      config: { materialized: 'dynamic_table' },
    });
    expect(sources['source.shop.raw.t']?.relation_name).toBe(relation.replace(/\bs\b/, 'raw').replace(/\w+_dev/, 't'));
  });

  it('is listed, and says what it cannot do', () => {
    const project = projectOn({ type: 'snowflake', account: 'a', password: 'keep_this', database: 'db', schema: 's' });
    expect(project.ok(['ls', '--quiet', '--select', '+m'])).toBe('shop.by_snowflake\nshop.m\n');
    for (const command of ['run', 'compile', 'show']) {
      const { code, stdout } = project.xform([command, '--select', 'm']);
      expect(stdout).toContain(`xform cannot connect to snowflake yet, which \`xform ${command}\` has to`);
      expect(code).toBe(2);
    }
    const { code, stdout } = project.xform(['debug']);
    expect(stdout).toContain('  account: a\n');
    expect(stdout).toContain('Connection test: [ERROR]');
    expect(stdout).not.toContain('keep_this');
    expect(code).toBe(1);
  });

  it('has an explorer, with the catalog that dbt has left and columns as far as the SQL goes', () => {
    const project = projectOn({ type: 'snowflake', account: 'a', user: 'u', database: 'db', schema: 's' });
    project.write(
      'models/flat.sql',
      `{{ config(materialized='incremental') }}
select f.value::number as amount, t.* from {{ source('raw', 't') }} t, lateral flatten(input => t.items) f
{% if is_incremental() %} where t.id > (select max(id) from {{ this }}) {% endif %}`,
    );
    const column = (name: string, index: number, type: string) => [name, { name, index, type, comment: null }];
    const catalog = {
      metadata: { dbt_schema_version: 'https://schemas.getdbt.com/dbt/catalog/v1.json' },
      nodes: {},
      sources: {
        'source.shop.raw.t': {
          unique_id: 'source.shop.raw.t',
          metadata: { type: 'BASE TABLE', schema: 'RAW', name: 'T', database: 'DB', comment: null, owner: null },
          columns: Object.fromEntries([column('ID', 1, 'NUMBER'), column('ITEMS', 2, 'ARRAY')]),
          stats: {},
        },
      },
      errors: ['something that dbt could not ask'],
    };
    project.write('target/catalog.json', JSON.stringify(catalog));
    const said = project.ok(['docs', 'generate']);
    expect(said).toContain(
      `xform cannot connect to snowflake yet: the catalog is that of ${project.folder}/target/catalog.json`,
    );
    expect(said).toContain(`Page written to ${project.folder}/target/index.html`);
    expect(JSON.parse(project.read('target/catalog.json'))).toEqual(catalog);
    const lineage = project.artifact<Lineage>('lineage.json').nodes['model.shop.flat']!.columns;
    expect(lineage.map(({ name, from }) => [name, ...from.map(({ column: of }) => of)])).toEqual([
      ['AMOUNT', 'ITEMS'],
      ['ID', 'ID'],
      ['ITEMS', 'ITEMS'],
    ]);
    const { nodes } = project.artifact<Manifest>('manifest.json');
    expect(nodes['model.shop.flat']).toMatchObject({
      compiled: true,
      compiled_code: expect.stringContaining('from db.raw.t t, lateral flatten(input => t.items) f') as string,
    });
    expect(project.has('target/index.html')).toBe(true);
  });

  it('is checked though a macro asks for columns that nobody knows', () => {
    const project = projectOn({ type: 'bigquery', method: 'oauth', project: 'p', dataset: 'd' });
    project.write(
      'models/wide.sql',
      "select {% for column in adapter.get_columns_in_relation(source('raw', 't')) %}{{ column.name }},{% endfor %} 1 as one",
    );
    const said = project.ok(['check']);
    expect(said).toContain("The template of 'model.shop.wide' asks the warehouse, which `xform check` does not do");
    expect(said).toContain('--> models/wide.sql:1:25 [XF4102]');
    expect(said).toContain('0 errors');
  });

  it('shows templates what the profile says, and no password', () => {
    const project = projectOn({ type: 'bigquery', method: 'oauth', project: 'p', dataset: 'd', token: 'keep_this' });
    project.write(
      'models/m.sql',
      "{{ config(alias=target.project ~ target.dataset ~ target.schema ~ target.method) }} select '{{ target.token }}'",
    );
    project.ok(['parse']);
    expect(project.artifact<Manifest>('manifest.json').nodes['model.shop.m']?.relation_name).toBe('`p`.`d`.`pddoauth`');
    expect(project.texts().join('\n').replace(project.read('profiles.yml'), '')).not.toContain('keep_this');
  });
});
