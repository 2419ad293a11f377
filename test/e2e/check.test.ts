import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const files = {
  'seeds/raw_orders.csv': 'id,customer,amount\n1,a,2\n',
  'models/stg_orders.sql': "select id, customer, amount * 100 as cents from {{ ref('raw_orders') }}\n",
  'models/big.sql': "{{ config(materialized='ephemeral') }} select * from {{ ref('stg_orders') }} where cents > 100\n",
  'models/totals.sql': `{{ config(materialized='incremental') }}
select customer, sum(cents) as cents, count(*) as orders
from {{ ref('big') }}
{% if is_incremental() %}where customer not in (select customer from {{ this }}){% endif %}
group by 1
`,
  'snapshots/history.sql': `{% snapshot history %}
{{ config(unique_key='customer', strategy='check', check_cols='all') }}
select * from {{ ref('totals') }}
{% endsnapshot %}
`,
  'models/later.sql': "select customer, dbt_valid_from from {{ ref('history') }}\n",
};

describe('xform check', () => {
  it('finds nothing where nothing is wrong, and never opens the database', () => {
    const project = new TemporaryProject(files);
    expect(project.ok(['check'])).toContain(
      'Checked 5 nodes: 0 errors, 0 warnings, 0 hints. All columns are known of 5.',
    );
    expect(project.has('shop.duckdb')).toBe(false);
    // The second time it is all known.
    expect(project.ok(['check'])).toContain('All columns are known of 5.');
  });

  it('takes a table without a schema for one of main, and what a hook makes for known', () => {
    const profile = (more: string): string =>
      `shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, schema: dev${more}}\n`;
    const models = {
      'models/a.sql': 'select 1 as id, true as b',
      'models/b.sql': "with aa as (select * from {{ ref('a') }})\nselect id from a",
      'models/c.sql': "select id, sum(b) as x from {{ ref('a') }}",
    };
    const wrong = new TemporaryProject({ 'profiles.yml': profile(''), ...models }).xform(['check']);
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain("There is no table or CTE 'a'\n  --> models/b.sql:2:16 [XF3006]");
    expect(wrong.stdout).toContain("Did you mean 'aa'?");
    expect(wrong.stdout).toContain('models/c.sql:1:8 [XF3008]');
    const project = new TemporaryProject({
      'profiles.yml': profile(', settings: {search_path: dev}'),
      'dbt_project.yml': `name: shop\nversion: '1.0'\nprofile: shop\non-run-start: "create or replace macro dev.sum(x, n := 1) as 1"\n`,
      ...models,
    });
    expect(project.ok(['check'])).toContain('0 errors, 0 warnings');
    project.write('models/c.sql', "select id + time '10:00' as x from {{ ref('a') }}");
    expect(project.xform(['check']).stdout).toContain('there is no +(INTEGER, TIME)');
    project.write('profiles.yml', profile(', settings: {search_path: dev, old_implicit_casting: true}'));
    expect(project.ok(['check'])).toContain('0 errors, 0 warnings');
  });

  it('points into the file of the model, through an ephemeral model and a macro', () => {
    const project = new TemporaryProject({
      ...files,
      'macros/total.sql': '{% macro total(column) %}sum({{ column }}) as total{% endmacro %}\n',
      'models/wrong.sql': "select customer,\n  {{ total('cent') }}\nfrom {{ ref('big') }}\ngroup by customer\n",
    });
    const { code, stdout } = project.xform(['check', '--select', 'wrong']);
    expect(code).toBe(1);
    expect(stdout).toContain("There is no column 'cent' here");
    expect(stdout).toContain('macros/total.sql:1:33 [XF3002]');
    expect(stdout).toContain('models/wrong.sql:2:6');
    expect(stdout).toContain("Did you mean 'cents'?");
  });

  it('tells the cause before what follows from it', () => {
    const project = new TemporaryProject(files);
    project.write('models/stg_orders.sql', "select id, customer, amount as cent from {{ ref('raw_orders') }}\n");
    const { code, stdout } = project.xform(['check']);
    expect(code).toBe(1);
    expect(stdout.match(/--> \S+/g)).toEqual(['--> models/big.sql:1:84', '--> models/totals.sql:2:22']);
  });

  it('says for programs what it says for people', () => {
    const project = new TemporaryProject({
      'models/a.sql': 'select 1 as x\n',
      'models/b.sql': "select\n  y\nfrom {{ ref('a') }}\n",
    });
    const json = project.xform(['check', '--format', 'json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toEqual([
      {
        code: 'XF3002',
        severity: 'error',
        message: "There is no column 'y' here",
        help: ["Did you mean 'x'?"],
        file: 'models/b.sql',
        line: 2,
        column: 3,
        endLine: 2,
        endColumn: 4,
      },
    ]);
    expect(project.xform(['--quiet', 'check', '--format', 'github']).stdout).toBe(
      "::error file=models/b.sql,line=2,col=3,endLine=2,endColumn=4,title=XF3002::There is no column 'y' here%0ADid you mean 'x'?\n",
    );
    const sarif = JSON.parse(project.xform(['check', '--format', 'sarif']).stdout);
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0].results[0]).toMatchObject({
      ruleId: 'XF3002',
      level: 'error',
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'models/b.sql' }, region: { startLine: 2, startColumn: 3 } } },
      ],
    });
  });

  it('knows what columns a macro would ask the warehouse for', () => {
    const project = new TemporaryProject({
      ...files,
      'models/wide.sql': `select {% for column in adapter.get_columns_in_relation(ref('stg_orders')) %}
  {{ column.name }}{{ ',' if not loop.last }}
{% endfor %} from {{ ref('stg_orders') }}
`,
      'models/read.sql': "select cents from {{ ref('wide') }}\n",
      'models/asks.sql': "{% set rows = run_query('select 1') %}select 1 as x\n",
    });
    const said = project.ok(['check']);
    expect(said).toContain('All columns are known of 7.');
    expect(said).toContain("[HINT]: Compilation Hint\n  The template of 'model.shop.asks' asks the warehouse");
    expect(project.ok(['lineage', 'read.cents', '--up'])).toContain(
      'read.cents\n  <- wide.cents  copy\n    <- stg_orders.cents  copy\n      <- raw_orders.amount  derive\n',
    );
  });
});

describe('xform sources pull', () => {
  it('lets later checks know the columns of sources', () => {
    const project = new TemporaryProject({
      'models/s.yml': 'sources: [{name: main, tables: [{name: given}, {name: gone}]}]\n',
      'models/a.sql': "select id, nme from {{ source('main', 'given') }}\n",
      'macros/make.sql':
        "{% macro make() %}{% do run_query('create table given as select 1 as id, 2.5 as name') %}{% endmacro %}\n",
    });
    project.ok(['run-operation', 'make']);
    // A source of which nothing is known may have any column.
    expect(project.ok(['check'])).toContain('Checked 1 node: 0 errors');
    const pulled = project.xform(['sources', 'pull']);
    expect(pulled.code).toBe(1);
    expect(pulled.stdout).toContain('[WARNING]: The source main.gone is not in the warehouse');
    expect(pulled.stdout).toContain('Wrote the columns of 1 source to .xform/source_columns.json');
    expect(JSON.parse(project.read('.xform/source_columns.json'))).toEqual({
      version: 1,
      sources: {
        'source.shop.main.given': [
          { name: 'id', type: 'INTEGER' },
          { name: 'name', type: 'DECIMAL(2,1)' },
        ],
      },
    });
    const { code, stdout } = project.xform(['check']);
    expect(code).toBe(1);
    expect(stdout).toContain("There is no column 'nme' here");
    expect(stdout).toContain("Did you mean 'name'?");
  });
});

describe('xform lineage', () => {
  it('goes up and down from a column, an ephemeral model being one of the steps', () => {
    const project = new TemporaryProject(files);
    expect(project.ok(['--quiet', 'lineage', 'big.cents'])).toBe(
      `big.cents
  <- stg_orders.cents  copy
    <- raw_orders.amount  derive
  -> totals.cents  aggregate
    -> history.cents  copy
`,
    );
    expect(
      project.ok(['--quiet', 'lineage', 'totals.customer', '--up', '--depth', '1', '--kind', 'copy,group,filter']),
    ).toBe('totals.customer\n  <- big.customer  copy\n  <- big.customer  group\n');
    expect(project.ok(['--quiet', 'lineage', 'stg_orders', '--down', '--depth', '1'])).toContain(
      'stg_orders.customer\n  -> big.customer  copy\n',
    );
  });

  it('has forms for programs', () => {
    const project = new TemporaryProject(files);
    const json = JSON.parse(project.ok(['lineage', 'totals.cents', '--up', '--format', 'json']));
    expect(json.edges[0]).toEqual({
      direction: 'up',
      from: { unique_id: 'model.shop.big', column: 'cents' },
      to: { unique_id: 'model.shop.totals', column: 'cents' },
      kinds: ['aggregate'],
    });
    expect(project.ok(['lineage', 'totals.cents', '--up', '--depth', '1', '--format', 'mermaid'])).toBe(`flowchart LR
  subgraph t0 ["big"]
    c0["cents"]
  end
  subgraph t1 ["totals"]
    c1["cents"]
  end
  c0 -- aggregate --> c1
`);
    const open = JSON.parse(project.ok(['lineage', 'totals.cents', '--format', 'openlineage']));
    const [input] = open.facets.columnLineage.fields.cents.inputFields;
    expect(input).toMatchObject({
      name: 'shop.main.big',
      field: 'cents',
      transformations: [{ type: 'DIRECT', subtype: 'AGGREGATION' }],
    });
  });
});
