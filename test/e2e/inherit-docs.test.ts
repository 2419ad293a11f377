// Descriptions and tags of columns that follow their copies.
import { expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

interface Column {
  readonly description: string;
  readonly tags: readonly string[];
  readonly meta: { readonly xform?: { readonly inherited_from: string } };
}

it('a description and tags are taken over by what copies a column, and by nothing else', () => {
  const dbt = new TemporaryProject({
    'models/a.sql': "select 1 as id, 'x@example.com' as email, 2 as amount",
    'models/b.sql': "select id, email as mail, amount * 2 as amount from {{ ref('a') }}",
    'models/c.sql': "select id, mail from {{ ref('b') }}",
    'models/schema.yml': `
models:
  - name: a
    columns:
      - {name: id, description: The number}
      - {name: email, description: Where to write to, tags: [pii]}
      - {name: amount, description: In cents, tags: [money]}
  - name: c
    columns: [{name: id, description: Its own, tags: [key]}]
`,
  });
  const columnsOf = (name: string): Record<string, Column> =>
    JSON.parse(dbt.read('target/manifest.json')).nodes[`model.shop.${name}`].columns;
  dbt.ok(['run']);
  dbt.ok(['docs', 'generate']);
  expect(columnsOf('b')).toEqual({});
  dbt.ok(['docs', 'generate', '--inherit-docs']);
  const from = (column: string) => ({ xform: { inherited_from: `model.shop.a.${column}` } });
  expect(columnsOf('b').mail).toMatchObject({ description: 'Where to write to', tags: ['pii'], meta: from('email') });
  expect(columnsOf('b').amount).toBeUndefined();
  expect(columnsOf('c').mail).toMatchObject({ description: 'Where to write to', tags: ['pii'], meta: from('email') });
  expect(columnsOf('c').id).toMatchObject({ description: 'Its own', tags: ['key'], meta: {} });
  expect(dbt.read('target/index.html')).toContain('Where to write to');
});
