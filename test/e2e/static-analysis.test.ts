// The analysis that goes with `build` and `run`.
import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const files = {
  'models/a.sql': 'select 1 as id, 2 as amount',
  'models/b.sql': "select id,\n  amuont\nfrom {{ ref('a') }}",
  'models/c.sql': "select id from {{ ref('b') }}",
};
const level = (name: string): Readonly<Record<string, string>> => ({ XFORM_STATIC_ANALYSIS: name });

describe('static analysis', () => {
  it('at baseline a mistake is told of before the first query, and the run goes on', () => {
    const dbt = new TemporaryProject(files);
    const { code, stdout } = dbt.xform(['run', '--static-analysis', 'baseline']);
    expect(code).toBe(1);
    const [before, after] = stdout.split('Concurrency:') as [string, string];
    expect(before).toContain('[WARNING]: Compilation Warning');
    expect(before).toContain("There is no column 'amuont' here\n  --> models/b.sql:2:3 [XF3002]");
    expect(after).toContain('PASS=1 WARN=0 ERROR=1 SKIP=1');
  });

  it('at strict nothing is run', () => {
    const dbt = new TemporaryProject(files);
    const { code, stdout } = dbt.xform(['build', '--static-analysis', 'strict']);
    expect(code).toBe(1);
    expect(stdout).toContain('models/b.sql:2:3 [XF3002]');
    expect(stdout).not.toContain('START');
    expect(dbt.has('shop.duckdb')).toBe(false);
  });

  it('a node that is not analysed takes those that stand on it along', () => {
    const dbt = new TemporaryProject({
      ...files,
      'models/b.sql': `{{ config(static_analysis='off') }} ${files['models/b.sql']}`,
      'models/c.sql': "{{ config(static_analysis='strict') }} select nowhere from {{ ref('b') }}",
    });
    // What a node says of itself counts where neither a flag nor a variable says otherwise.
    const { stdout } = dbt.xform(['run'], level(''));
    expect(stdout).toContain('PASS=1 WARN=0 ERROR=1 SKIP=1');
    expect(stdout).not.toContain('XF3002');
    const { stdout: flagged } = dbt.xform(['run', '--static-analysis', 'strict']);
    expect(flagged).toContain('XF3002');
    expect(flagged).not.toContain('START');
  });

  it('a warning can be made an error, or be silenced, as any other', () => {
    const dbt = new TemporaryProject(files);
    expect(dbt.xform(['--warn-error', 'run'], level('baseline')).stdout).not.toContain('START');
    const silence = '{silence: [StaticAnalysisFinding]}';
    const { stdout } = dbt.xform(['--warn-error-options', silence, 'run'], level('baseline'));
    expect(stdout).not.toContain('XF3002');
    expect(stdout).toContain('START');
  });

  it('a node whose template asks the warehouse is looked at when its turn has come, and is known afterwards', () => {
    const dbt = new TemporaryProject({
      'models/a.sql': "{{ config(materialized='table') }} select 1 as id, 'x' as kind",
      'models/b.sql': `{% set kinds = run_query('select distinct kind from ' ~ ref('a')).columns[0].values() if execute else [] %}
select id{% for kind in kinds %}, '{{ kind }}' as {{ kind }}{% endfor %} from {{ ref('a') }}`,
      'models/c.sql': "select x, y from {{ ref('b') }}",
    });
    const { stdout } = dbt.xform(['run'], level('baseline'));
    expect(stdout).toContain('PASS=2 WARN=0 ERROR=1');
    const { stdout: checked } = dbt.xform(['check']);
    expect(checked).toContain("There is no column 'y' here");
    expect(checked).toContain('All columns are known of 3.');
    dbt.write('models/b.sql', `${dbt.read('models/b.sql')} -- changed`);
    expect(dbt.xform(['check']).stdout).toContain('All columns are known of 2.');
  });

  it('templates are not heard while they are looked at, only when the project is read and when they run', () => {
    const talk = "{{ log('a word', info=true) }}{% do print('a print') %}{% do exceptions.warn('a warning') %}";
    const dbt = new TemporaryProject({
      'models/a.sql': `${talk} select 1 as id`,
      'models/b.sql': `{{ config(materialized='incremental') }} {{ talk() }} select id from {{ ref('a') }} {% if is_incremental() %} where true {% endif %}`,
      'macros/talk.sql': `{% macro talk() %}${talk}{% endmacro %}`,
    });
    const said = (stdout: string): string[] => stdout.match(/a word|a print|a warning/g) ?? [];
    const run = (name: string): string[] => said(dbt.ok(['run', '--no-partial-parse'], level(name)));
    // Twice each: by the parser, and by the run.
    expect(run('baseline')).toHaveLength(12);
    expect(run('off')).toHaveLength(12);
    expect(dbt.read('target/compiled/shop/models/b.sql')).toContain('where true');
    dbt.ok(['parse']);
    expect(said(dbt.ok(['lineage', 'b', '--format', 'json', '--quiet']))).toEqual([]);
  });

  it('nodes outside of the selection are taken as they were seen last', () => {
    const dbt = new TemporaryProject(files);
    dbt.ok(['run', '-s', 'a'], level('baseline'));
    const { stdout } = dbt.xform(['run', '-s', 'b'], level('baseline'));
    expect(stdout).toContain("Did you mean 'amount'?");
  });
});
