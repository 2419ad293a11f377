import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

describe('a DuckDB file with a strange name', () => {
  const files = {
    'seeds/s.csv': 'id,nm\n1,x\n2,y\n',
    'models/v.sql': "select * from {{ ref('s') }}\n",
    'models/a.sql': "{{ config(materialized='table') }} select * from {{ ref('v') }}\n",
    'models/i.sql':
      "{{ config(materialized='incremental', unique_key='id', indexes=[{'columns': ['id']}]) }} select * from {{ ref('a') }}\n",
    'models/other.sql': "{{ config(materialized='table', database='odd db') }} select * from {{ ref('a') }}\n",
    'models/m.yml': `models:
  - name: a
    description: a table
    config: {persist_docs: {relation: true, columns: true}, contract: {enforced: true}}
    columns:
      - {name: id, data_type: integer, description: a number, data_tests: [unique, not_null]}
      - {name: nm, data_type: varchar}
unit_tests:
  - {name: u, model: v, given: [{input: ref('s'), rows: [{id: 5, nm: q}]}], expect: {rows: [{id: 5, nm: q}]}}
snapshots:
  - {name: sn, relation: ref('a'), config: {strategy: check, check_cols: all, unique_key: id}}
`,
  };

  it.each(['with space.duckdb', `both'n".db`, 'Größe ☃.duckdb', 'semi;colon--x.duckdb'])('%s', (name) => {
    const output = { type: 'duckdb', path: name, attach: [{ path: `other ${name}`, alias: 'odd db' }] };
    const profiles = JSON.stringify({ shop: { target: 'dev', outputs: { dev: output } } });
    const project = new TemporaryProject({
      ...files,
      'dbt_project.yml': 'name: shop\nprofile: shop\n',
      'profiles.yml': profiles,
    });
    project.ok(['build']);
    expect(project.ok(['build'])).toContain('PASS=9 WARN=0 ERROR=0');
    project.ok(['docs', 'generate']);
    expect(Object.keys(JSON.parse(project.read('target/catalog.json')).nodes)).toHaveLength(6);
    expect(project.ok(['show', '--inline', "select count(*) as n from {{ ref('other') }}"])).toContain('| 2 |');
  });
});
