import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const files = {
  'dbt_project.yml': `name: shop
version: '1.0'
profile: shop
vars: {third: 3.0, list: [1.0, 2], thousand: 1.0e+3, whole: 3}
models:
  shop:
    +meta: {ratio: 2.0, n: 2}
    +custom: 5.0
`,
  'models/a.sql': `{{ config(own=6.0) }}
select '{{ var("third") }} {{ var("list") }} {{ var("thousand") }} {{ var("whole") }} {{ var("given", 8.0) }}' as vars,
  '{{ config.get("own") }} {{ config.get("custom") }} {{ config.get("meta").ratio }} {{ model.config.meta.n }}' as conf,
  '{{ tojson(config.get("meta")) }} {{ toyaml(config.get("meta")) | replace("\\n", ";") }}' as written
`,
  'models/c.sql': 'select 1.5 as v, 3 as n\n',
  'models/b.sql': "select v::varchar as v, n from {{ ref('c') }}\n",
  'macros/atleast.sql':
    '{% test atleast(model, column_name, lo) %}select * from {{ model }} where {{ column_name }} < {{ lo }}{% endtest %}\n',
  'models/m.yml': `models:
  - name: c
    columns:
      - name: n
        data_tests:
          - atleast: {arguments: {lo: 2.0}}
unit_tests:
  - name: u
    model: b
    given:
      - input: ref('c')
        rows: [{v: 3.0, n: 2.0}, {v: 3.50, n: 1000}]
    expect:
      rows: [{v: 3.0, n: 2}, {v: '3.5', n: 1.0e+3}]
`,
};

describe('a float that is a whole number', () => {
  // The texts are those that dbt 1.12 compiles.
  const expectTexts = (project: TemporaryProject, given: string): void => {
    expect(project.read('target/compiled/shop/models/a.sql').trim()).toBe(
      `select '3.0 [1.0, 2] 1000.0 3 ${given}' as vars,
  '6.0 5.0 2.0 2' as conf,
  '{"ratio": 2.0, "n": 2} ratio: 2.0;n: 2;' as written`,
    );
    expect(project.read('target/compiled/shop/models/m.yml/atleast_c_n__2_0.sql')).toContain('where n < 2.0');
  };

  it('stays one in variables, settings, arguments of tests and rows of unit tests', () => {
    const project = new TemporaryProject(files);
    project.ok(['build', '--vars', 'given: 12.0']);
    expectTexts(project, '12.0');
    expect(project.statuses()['unit_test.shop.b.u']).toBe('pass');
  });

  it('stays one in a project that is not read again, and in one that is read in part', () => {
    const project = new TemporaryProject(files);
    project.ok(['parse']);
    project.ok(['compile']);
    expectTexts(project, '8.0');
    project.write('models/d.sql', 'select 1 as id\n');
    project.ok(['compile']);
    expectTexts(project, '8.0');
    expect(project.ok(['build', '--select', '+b'])).toContain('PASS b::u');
  });

  it('is written as one, in the manifest and by ls, in whatever way the project was read', () => {
    const project = new TemporaryProject(files);
    const expectWritten = (): void => {
      const manifest = project.read('target/manifest.json');
      expect(manifest).toContain('"meta":{"ratio":2.0,"n":2}');
      expect(manifest).toContain('"own":6.0');
      expect(manifest).toContain('"lo":2.0');
      expect(manifest).toContain('"rows":[{"v":3.0,"n":2},{"v":"3.5","n":1000.0}]');
      expect(manifest).not.toMatch(/"(ratio|own|custom|lo)":\d+[^.\d]/);
      const line = project.ok([
        '--quiet',
        'ls',
        '--select',
        'a',
        '--output',
        'json',
        '--output-keys',
        'name config.meta',
      ]);
      expect(line).toBe('{"name": "a", "config.meta": {"ratio": 2.0, "n": 2}}\n');
    };
    project.ok(['parse']);
    expectWritten();
    project.ok(['parse']);
    expectWritten();
    project.write('models/d.sql', 'select 1 as id\n');
    project.ok(['parse']);
    expectWritten();
    project.ok(['compile']);
    expectWritten();
  });

  it('is no change to a state that was written as JSON', () => {
    const project = new TemporaryProject(files);
    project.ok(['parse', '--target-path', 'before']);
    expect(project.ok(['ls', '--select', 'state:modified', '--state', 'before'])).toContain('No nodes selected');
  });

  it('is found by a selector that names it', () => {
    const project = new TemporaryProject({
      ...files,
      'selectors.yml': 'selectors: [{name: by_number, definition: {config.custom: 5.0}}]\n',
    });
    expect(project.ok(['--quiet', 'ls', '--selector', 'by_number', '--resource-type', 'model'])).toBe(
      'shop.a\nshop.b\nshop.c\n',
    );
  });

  it('counts as a whole number where one is asked for', () => {
    const project = new TemporaryProject({
      ...files,
      'profiles.yml':
        'shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb, retries: {connect_attempts: 2.0}}}}\n',
    });
    expect(project.ok(['build'])).toContain('Completed successfully');
  });
});
