import { expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

it('a ref of the project stands on builtins.ref, which tells of the project and of the command', () => {
  const project = new TemporaryProject({
    'dbt_project.yml': "name: shop\nversion: '1.4'\nprofile: shop\nvars: {a: 1, nested: {b: 2.0}}\n",
    'packages.yml': 'packages: [{local: helper}]\n',
    'helper/dbt_project.yml': "name: helper\nversion: '2.3'\n",
    'helper/macros/facts.sql': `{% macro facts() %}
{% set config = builtins.ref.config %}
{{ print(config.project_name ~ ' ' ~ config.version ~ ' ' ~ config.target_name ~ ' ' ~ config.threads) }}
{{ print('vars ' ~ config.vars.to_dict() ~ ' ' ~ config.cli_vars) }}
{{ print('args ' ~ config.args.which ~ ' ' ~ config.args.WHICH ~ ' ' ~ (config.args.nothing is defined)) }}
{{ print('helper ' ~ config.dependencies['helper'].version ~ ' ' ~ builtins.ref.current_project) }}
{% endmacro %}
`,
    'macros/ref.sql': `{% macro ref() %}
{%- set found = builtins.ref(*varargs, **kwargs) -%}
{{ return(found.include(database=false)) }}
{% endmacro %}
`,
    'models/a.sql': 'select 1 as id\n',
    'models/b.sql': "select '{{ builtins.ref.model.name }}' as me from {{ ref('a') }}\n",
  });
  project.ok(['deps']);
  expect(project.xform(['run-operation', 'facts']).stdout).toContain("did you mean 'helper.facts'?");
  expect(project.ok(['run-operation', 'helper.facts', '--vars', '{c: 3.0}'])).toContain(
    `shop 1.4 dev 4
vars {'a': 1, 'nested': {'b': 2.0}} {'c': 3.0}
args run-operation run-operation False
helper 2.3 shop
`,
  );
  project.ok(['run']);
  expect(project.read('target/compiled/shop/models/b.sql').trim()).toBe(`select 'b' as me from "main"."a"`);
});
