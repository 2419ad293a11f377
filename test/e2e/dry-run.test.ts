import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const files = {
  'dbt_project.yml':
    "name: shop\nversion: '1.0'\nprofile: shop\non-run-start: [\"create table hooked as select '{{ target.name }}' as t\"]\n",
  'seeds/raw.csv': 'id\n1\n',
  'models/part.sql': "{{ config(materialized='ephemeral') }} select * from {{ ref('raw') }}\n",
  'models/first.sql': "{{ config(materialized='table') }} select * from {{ ref('part') }}\n",
  'models/second.sql':
    "{{ config(materialized='incremental') }} select * from {{ ref('first') }} {% if is_incremental() %}where false{% endif %}\n",
  'models/m.yml': 'models:\n  - name: first\n    columns: [{name: id, data_tests: [not_null]}]\n',
};

describe('--dry-run', () => {
  it('prints the steps in their order with the SQL that is known, and touches nothing', () => {
    const project = new TemporaryProject(files);
    const said = project.ok(['build', '--dry-run']);
    const steps = said.split('\n').filter((line) => /^\d+ of \d+ /.test(line));
    expect(steps).toEqual([
      '1 of 4 seed file main.raw',
      '2 of 4 sql table model main.first, after raw',
      '3 of 4 test not_null_first_id, after first',
      '4 of 4 sql incremental model main.second, after first, not_null_first_id',
    ]);
    expect(said).toContain('hook shop.on-run-start.0');
    expect(said).toContain('    -- rows of seeds/raw.csv');
    expect(said).toContain('with __dbt__cte__part as (');
    expect(said).toContain('where id is null');
    expect(said).toContain('asks the warehouse');
    expect(project.has('shop.duckdb')).toBe(false);
    expect(project.has('target')).toBe(false);
  });

  it('shows the steps of the selection, also with --quiet', () => {
    const project = new TemporaryProject(files);
    const said = project.ok(['--quiet', 'run', '--select', 'first', '--dry-run']);
    expect(said).toMatch(/^1 of 1 sql table model main\.first\n/m);
    expect(said).not.toContain('Running with');
    expect(project.ok(['run', '--select', 'tag:none', '--dry-run'])).toContain('Nothing to do.');
  });

  it('exits with 1 where a template fails', () => {
    const project = new TemporaryProject({
      'models/broken.sql': "{% if execute %}{{ exceptions.raise_compiler_error('not today') }}{% endif %}",
    });
    const { code, stdout } = project.xform(['build', '--dry-run']);
    expect(code).toBe(1);
    expect(stdout).toContain('not today');
  });
});

describe('what a run prints on request', () => {
  it('shows failing rows under their failure', () => {
    const project = new TemporaryProject({
      'models/m.sql': "select range as id, 'row ' || range as word from range(4)\n",
      'tests/high.sql': "select * from {{ ref('m') }} where id > 0 order by id\n",
    });
    const { code, stdout } = project.xform(['build', '--show-failures', '2']);
    expect(code).toBe(1);
    expect(stdout).toContain('\n  | id | word  |\n  | -- | ----- |\n  |  1 | row 1 |\n  |  2 | row 2 |\n');
    expect(stdout).not.toContain('row 3');
    expect(project.xform(['build']).stdout).not.toContain('row 1');
    const stored = project.xform(['test', '--show-failures', '5', '--store-failures']).stdout;
    expect(stored).toContain('| row 3 |');
    expect(stored).toContain('select * from "shop"."main_dbt_test__audit"."high"');
  });

  it('shows a sample of loaded seeds', () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i},name ${i}`).join('\n');
    const project = new TemporaryProject({ 'seeds/many.csv': `id,name\n${rows}\n`, 'seeds/few.csv': 'a\nx\n' });
    const said = project.ok(['seed', '--show']);
    expect(said).toContain('Random sample of table: main.many\n---------------------------------\n| id | name ');
    expect(said.match(/^\| +\d+ \| name \d+ +\|$/gm)).toHaveLength(10);
    expect(said).toContain('Random sample of table: main.few');
    expect(project.ok(['seed'])).not.toContain('Random sample');
  });
});
