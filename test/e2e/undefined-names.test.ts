import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

describe('a macro that is not there', () => {
  it('fails the nodes that call it, when they are run, until it is written', () => {
    const project = new TemporaryProject({
      'models/good.sql': 'select 1 as id\n',
      'models/late.sql': "{{ config(post_hook='select {{ nope() }}') }}\nselect 1 as id\n",
      'models/bad.sql': 'select {{ nope() }} as id\n',
      'models/m.yml': 'models: [{name: good, data_tests: [nonesuch]}]\n',
    });
    project.ok(['parse']);
    project.ok(['ls']);
    project.ok(['build', '--select', 'good', '--exclude', 'test_type:generic']);
    const { code, stdout } = project.xform(['build']);
    expect(code).toBe(1);
    expect(stdout).toContain("'nope' is undefined. This can happen when calling a macro that does not exist.");
    expect(project.statuses()).toEqual({
      'model.shop.bad': 'error',
      'model.shop.good': 'success',
      'model.shop.late': 'error',
      [Object.keys(project.statuses()).find((id) => id.startsWith('test.'))!]: 'error',
    });
    expect(project.xform(['compile', '--select', 'bad']).code).toBe(2);
    project.write('macros/late.sql', '{% macro nope() %}1{% endmacro %}\n');
    project.write('macros/nonesuch.sql', '{% test nonesuch(model) %}select 1 where false{% endtest %}\n');
    expect(project.ok(['build'])).toContain('PASS=4 WARN=0 ERROR=0');
    const manifest = JSON.parse(project.read('target/manifest.json'));
    expect(manifest.nodes['model.shop.bad'].depends_on.macros).toContain('macro.shop.nope');
  });
});
