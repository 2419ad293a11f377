import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const schema = `
models:
  - name: customers
    config: {contract: {enforced: true}}
    columns: [{name: id, data_type: integer, constraints: [{type: primary_key}]}]
  - name: orders
    config: {contract: {enforced: true}}
    constraints: [{type: foreign_key, columns: [customer], to: ref('customers'), to_columns: [id]}]
    columns: [{name: id, data_type: integer}, {name: customer, data_type: integer}]
`;

describe('foreign keys', () => {
  it('put what they point at before the model, and are there again after every run', async () => {
    const project = new TemporaryProject({
      'models/schema.yml': schema,
      'models/customers.sql': "{{ config(materialized='table') }} select 1 as id",
      // No ref in the SQL: the constraint alone makes the dependency.
      'models/orders.sql': "{{ config(materialized='table') }} select 7 as id, 1 as customer",
    });
    for (let run = 0; run < 2; run += 1) {
      const said = project.ok(['run']);
      expect(said.indexOf('OK created sql table model main.customers')).toBeLessThan(
        said.indexOf('START sql table model main.orders'),
      );
      const keys =
        "select table_name || ' to ' || referenced_table from duckdb_constraints() where constraint_type = 'FOREIGN KEY'";
      expect(await project.column(keys)).toEqual(['orders to customers']);
    }
  });
});
