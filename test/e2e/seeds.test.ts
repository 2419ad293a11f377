import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const types = (project: TemporaryProject, table: string) =>
  project.rows(
    `select column_name as name, data_type as type from information_schema.columns where table_name = '${table}' order by ordinal_position`,
  );

describe('seeds', () => {
  it('name the macros of their hooks in the manifest', () => {
    const project = new TemporaryProject({
      'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\nseeds: {+post-hook: '{{ noted() }}'}\n",
      'macros/noted.sql': '{% macro noted() %}select 1{% endmacro %}',
      'seeds/s.csv': 'id\n1\n',
    });
    project.ok(['parse']);
    const { nodes } = project.artifact<{ nodes: Record<string, Record<string, unknown>> }>('manifest.json');
    expect(nodes['seed.shop.s']?.depends_on).toEqual({ macros: ['macro.shop.noted'] });
  });

  it('find out types from all rows', async () => {
    const project = new TemporaryProject({
      'seeds/s.csv':
        'i,f,b,d,t,s,empty\n1,1.5,true,2025-01-01,2025-01-01 10:00:00,x,\n-2,2,false,2025-12-31,2025-01-01 11:30:00,"a,""b""\nc",\n',
    });
    project.ok(['seed']);
    expect((await types(project, 's')).map((column) => `${column.name} ${column.type}`)).toEqual([
      'i INTEGER',
      'f DOUBLE',
      'b BOOLEAN',
      'd DATE',
      't TIMESTAMP',
      's VARCHAR',
      'empty INTEGER',
    ]);
    expect(await project.rows('select i, f, b, d::text as d, s, empty from main.s order by i')).toEqual([
      { i: -2, f: 2, b: false, d: '2025-12-31', s: 'a,"b"\nc', empty: null },
      { i: 1, f: 1.5, b: true, d: '2025-01-01', s: 'x', empty: null },
    ]);
  });

  it('take types and delimiter from the config, and keep leading zeros where text is wanted', async () => {
    const project = new TemporaryProject({
      'seeds/s.csv': 'zip;amount\n01234;1\n',
      'seeds/s.yml':
        "seeds:\n  - name: s\n    config: {delimiter: ';', column_types: {zip: varchar, amount: 'decimal(9,2)'}}\n",
    });
    project.ok(['seed']);
    expect((await types(project, 's')).map((column) => column.type)).toEqual(['VARCHAR', 'DECIMAL(9,2)']);
    expect(await project.rows('from main.s')).toEqual([{ zip: '01234', amount: '1.00' }]);
  });

  it('are replaced row by row, and with --full-refresh as a whole', async () => {
    const project = new TemporaryProject({ 'seeds/s.csv': 'id\n1\n2\n' });
    project.ok(['seed']);
    project.write('seeds/s.csv', 'id\n3\n');
    project.ok(['seed']);
    expect(await project.column('select id from main.s')).toEqual([3]);
    project.write('seeds/s.csv', 'id,name\n3,x\n');
    project.ok(['seed', '--full-refresh']);
    expect(await project.rows('from main.s')).toEqual([{ id: 3, name: 'x' }]);
  });
});
