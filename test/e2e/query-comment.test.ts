import { expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const file = (comment: string): string => `name: shop\nversion: '1.0'\nprofile: shop\nquery-comment: ${comment}\n`;
const files = {
  'models/one.sql': 'select 1 as id\n',
  'macros/told.sql':
    "{% macro told(node) %}{{ return(tojson({'node': node.unique_id if node else none})) }}{% endmacro %}\n",
};

/** The statement that makes the model, as it was sent. */
function sent(comment: string): string {
  const project = new TemporaryProject({ ...files, 'dbt_project.yml': file(comment) });
  const said = project.ok(['--debug', 'run']);
  return /On model\.shop\.one: ([\s\S]*?create view[\s\S]*?)SQL status/.exec(said)![1]!.trim();
}

it('a query comment stands before every statement, and a macro that makes it knows the node', () => {
  expect(sent('"{{ told(node) }}"')).toMatch(/^\/\* \{"node": "model\.shop\.one"\} \*\/\n\s*create view/);
});

it('or behind it, and an empty one is none', () => {
  expect(sent('{comment: "by {{ target.name }}", append: true}')).toMatch(/\n\/\* by dev \*\/;?$/);
  expect(sent('""')).not.toContain('/*');
});
