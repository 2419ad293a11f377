import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

describe('names that are known late', () => {
  it('finds a source that parsing did not reach, and says which is not there', () => {
    const project = new TemporaryProject({
      'models/sources.yml': 'sources:\n  - name: raw\n    schema: main\n    tables: [{name: events}]\n',
      'macros/late.sql':
        "{% macro late(name) %}{% if execute %}{{ source('raw', name) }}{% else %}x{% endif %}{% endmacro %}",
      'models/found.sql': "select * from {{ late('events') }}",
    });
    expect(project.ok(['compile', '--select', 'found', '--no-introspect'])).toContain('"main"."events"');
    project.write('models/missing.sql', "select * from {{ late('evnts') }}");
    const { code, stdout } = project.xform(['run', '--select', 'missing']);
    expect(code).toBe(1);
    expect(stdout).toContain("depends on a source named 'raw.evnts' which was not found");
    expect(stdout).toContain('macros/late.sql:1:');
  });

  it('asks a package for a macro that may be there', () => {
    const project = new TemporaryProject({
      'macros/here.sql': '{% macro here() %}1{% endmacro %}',
      'models/m.sql':
        "select {{ context.get(project_name, {}).get('here')() }} as a, '{{ context[project_name].get('gone') }}' as b",
    });
    expect(project.ok(['show', '--select', 'm'])).toContain('| 1 | None |');
  });

  it('builds the one of two models of a name that is switched on, whichever is read first', () => {
    for (const off of ['a', 'b']) {
      const model = (folder: string) => `{{ config(enabled=${folder !== off}) }} select '${folder}' as made_by`;
      const project = new TemporaryProject({ 'models/a/m.sql': model('a'), 'models/b/m.sql': model('b') });
      project.ok(['build']);
      const on = off === 'a' ? 'b' : 'a';
      expect(project.ok(['show', '--inline', "select * from {{ ref('m') }}"])).toContain(`| ${on} `);
    }
  });

  it('keeps what a test reads where one of its names is not there', () => {
    const project = new TemporaryProject({
      'models/m.sql': 'select 1 as id',
      'tests/t.sql': "select * from {{ ref('m') }} join {{ ref('gone') }} using (id)",
    });
    project.ok(['parse']);
    const test = project.artifact<{ nodes: Record<string, { depends_on: unknown; config: unknown }> }>('manifest.json')
      .nodes['test.shop.t'];
    expect(test).toMatchObject({ depends_on: { nodes: ['model.shop.m'] }, config: { enabled: false } });
  });
});

describe('a data test', () => {
  it('counts failures that are decimals', () => {
    const project = new TemporaryProject({
      'tests/half.sql':
        "{{ config(fail_calc='sum(amount)', error_if='> 2') }} select 1.5::decimal(10, 2) as amount from range(2)",
    });
    const { code, stdout } = project.xform(['test']);
    expect(code).toBe(1);
    expect(stdout).toContain('Got 3 results, configured to fail if > 2');
  });
});
