import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const shown = `{% macro shown() %}
{%- set behavior = adapter.behavior -%}
{{ print('nulls ' ~ behavior.enable_truthy_nulls_equals_macro.no_warn ~ ', batches ' ~ behavior.require_batched_execution_for_custom_microbatch_strategy.no_warn) }}
{{ print('asked ' ~ ('on' if behavior.enable_truthy_nulls_equals_macro else 'off') ~ ' ' ~ behavior.enable_truthy_nulls_equals_macro.setting) }}
{{ print('equal: ' ~ equals('a', 'b')) }}
{% endmacro %}
{% macro lost() %}{{ print(adapter.behavior.enable_truthy_null_equals_macro.no_warn) }}{% endmacro %}
`;
const projectFile = "name: shop\nversion: '1.0'\nprofile: shop\n";
const told = /\[WARNING\]: The behavior controlled by `enable_truthy_nulls_equals_macro` is turned off/g;

describe('adapter.behavior', () => {
  it('has the switches of the adapter as the project sets them; one that is off is told once, where it is asked for', () => {
    const project = new TemporaryProject({ 'macros/m.sql': shown });
    const off = project.ok(['run-operation', 'shown']);
    expect(off).toMatch(/nulls False, batches False\n.*WARNING.*\nasked off False\nequal: \(a = b\)\n/);
    expect(off.match(told)).toHaveLength(1);
    expect(project.xform(['--warn-error', 'run-operation', 'shown'])).toMatchObject({ code: 1 });
    project.write('dbt_project.yml', `${projectFile}flags: {enable_truthy_nulls_equals_macro: true}\n`);
    const on = project.ok(['run-operation', 'shown']);
    expect(on).toContain(
      'nulls True, batches False\nasked on True\nequal: case when (a = b) or (a is null and b is null)',
    );
    expect(on.match(told)).toBeNull();
  });

  it('decides in templates that are read before', () => {
    const project = new TemporaryProject({
      'models/a.sql':
        "{{ config(materialized='table' if adapter.behavior.enable_truthy_nulls_equals_macro.no_warn else 'view') }} select 1 as id\n",
    });
    expect(project.ok(['run'])).toContain('sql view model main.a');
    project.write('dbt_project.yml', `${projectFile}flags: {enable_truthy_nulls_equals_macro: true}\n`);
    expect(project.ok(['run'])).toContain('sql table model main.a');
  });

  it('knows no other names', () => {
    const project = new TemporaryProject({ 'macros/m.sql': shown });
    const { code, stdout } = project.xform(['run-operation', 'lost']);
    expect(code).toBe(1);
    expect(stdout).toContain('The flag enable_truthy_null_equals_macro has not been registered.');
    expect(stdout).toContain("did you mean 'enable_truthy_nulls_equals_macro'? [XF2109]");
  });
});
