import { cpSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RunResults, TemporaryProject } from './temporary-project.ts';

const files = {
  'profiles.yml':
    'shop:\n  target: prod\n  outputs:\n    prod: {type: duckdb, path: shop.duckdb}\n    ci: {type: duckdb, path: shop.duckdb, schema: ci}\n',
  'seeds/raw.csv': 'id\n1\n2\n',
  'models/part.sql': "{{ config(materialized='ephemeral') }} select * from {{ ref('raw') }}\n",
  'models/big.sql': "{{ config(materialized='table', schema='marts') }} select * from {{ ref('part') }}\n",
  'models/small.sql': "select * from {{ ref('big') }}\n",
};

function production(): TemporaryProject {
  const project = new TemporaryProject(files);
  project.ok(['build']);
  cpSync(path.join(project.folder, 'target'), path.join(project.folder, 'prod'), { recursive: true });
  return project;
}
const ci = ['--target', 'ci', '--state', 'prod'];

describe('clone', () => {
  it('points views of this target to the relations of the state', async () => {
    const project = production();
    expect(project.ok(['clone', ...ci])).toContain('Done. PASS=3 WARN=0 ERROR=0 SKIP=0 NO-OP=0 REUSED=0 TOTAL=3');
    const tables = await project.rows(
      "select table_schema as s, table_name as t, table_type as k from information_schema.tables where table_schema like 'ci%' order by all",
    );
    expect(tables).toEqual([
      { s: 'ci', t: 'raw', k: 'VIEW' },
      { s: 'ci', t: 'small', k: 'VIEW' },
      { s: 'ci_marts', t: 'big', k: 'VIEW' },
    ]);
    expect(await project.column('select count(*) from ci_marts.big')).toEqual(['2']);
    expect(await project.column("select sql from duckdb_views() where schema_name = 'ci_marts'")).toEqual([
      expect.stringMatching(/from "?shop"?\."?main_marts"?\."?big"?/i),
    ]);
  });

  it('leaves what is there, unless it is to be made anew', () => {
    const project = production();
    project.ok(['clone', ...ci]);
    expect(project.ok(['clone', ...ci])).toContain('Relation "shop"."ci"."raw" already exists');
    const messages = (): unknown[] =>
      project.artifact<RunResults>('run_results.json').results.map((result) => result.message);
    expect(messages()).toEqual(['No-op', 'No-op', 'No-op']);
    expect(project.ok(['clone', ...ci, '--full-refresh', '-s', 'small'])).not.toContain('already exists');
    expect(messages()).toEqual(['OK']);
  });

  it('takes only what is selected and what the state knows', async () => {
    const project = production();
    project.write('models/fresh.sql', 'select 1 as x\n');
    const said = project.ok(['clone', ...ci, '--select', 'fresh', 'small', '--resource-type', 'model']);
    expect(said).toContain('No relation found in state manifest for model.shop.fresh');
    expect(
      await project.column("select table_name from information_schema.tables where table_schema like 'ci%'"),
    ).toEqual(['small']);
  });

  it('goes on after a relation that is not there any more', () => {
    const project = production();
    project.ok(['run-operation', '--sql', 'drop view small']);
    const { code } = project.xform(['clone', ...ci]);
    expect(code).toBe(1);
    expect(project.statuses()).toEqual({
      'seed.shop.raw': 'success',
      'model.shop.big': 'success',
      'model.shop.small': 'error',
    });
  });

  it('needs a state with a manifest', () => {
    const project = new TemporaryProject(files);
    const without = project.xform(['clone']);
    expect(without.code).toBe(2);
    expect(without.stdout).toContain('--state or --defer-state are required for deferral, but neither was provided');
    const empty = project.xform(['clone', '--state', 'nowhere']);
    expect(empty.code).toBe(2);
    expect(empty.stdout).toContain('Could not find manifest in --state path: "nowhere"');
  });

  it('warns where the state is the target folder itself', () => {
    const project = production();
    const said = project.ok(['clone', '--target', 'ci', '--state', 'target']);
    expect(said).toContain("The state and target directories are the same: 'target'");
  });
});
