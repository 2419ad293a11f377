import { dirname, join } from 'node:path';
import { type ModelNode, type UnitTestNode, unitTestName } from '../artifacts/index.ts';
import type { RenderedNode } from './node-scope.ts';

/** A unit test as a node: the model under another name, with the expectation as its configuration. */
export function unitNode(
  model: ModelNode,
  test: UnitTestNode,
  sql: string,
): RenderedNode & { readonly compiled_code: string; readonly path: string } {
  const { expect } = test;
  const name = unitTestName(test);
  return {
    ...model,
    name,
    alias: name,
    unique_id: test.unique_id,
    resource_type: 'unit_test' as never,
    package_name: test.package_name,
    original_file_path: test.original_file_path,
    path: join(dirname(test.original_file_path), `${name}.sql`),
    compiled_code: sql,
    config: {
      ...model.config,
      materialized: 'unit',
      'pre-hook': [],
      'post-hook': [],
      expected_rows: expect.format === 'sql' ? [] : expect.rows,
      expected_sql: expect.format === 'sql' ? expect.rows : null,
    },
  };
}
