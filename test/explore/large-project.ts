import {
  columnInfo,
  emptyManifest,
  genericTestNode,
  type Lineage,
  lineageArtifact,
  type ManifestNode,
  manifestMetadata,
  modelNode,
  runResult,
  runResults,
  withEdgeMaps,
} from '../../src/artifacts/index.ts';
import type { Artifacts } from '../../src/explore/index.ts';

const origin = { id: 'test', startedAt: new Date('2026-01-01T00:00:00Z'), env: {} };
const COLUMNS = 10;
const DOMAINS = ['sales', 'finance', 'logistics', 'support', 'product', 'people'];
const LAYERS = ['staging', 'intermediate', 'marts'];

/** The number of a parent: models read from up to three models of the layer before, the same ones every time. */
const parentsOf = (number: number, count: number): number[] => {
  const third = Math.floor(count / 3);
  if (number < third) return [];
  const base = number - third;
  return [...new Set([base, (base * 7 + 3) % third, (base * 13 + 5) % third])].filter((at) => at < number);
};

/** What `docs generate` would know of a project with so many models of ten columns, three tests and a run. */
export function largeProject(count: number): Artifacts {
  const id = (number: number): string => `model.large.${nameOf(number)}`;
  const third = Math.floor(count / 3);
  const nameOf = (number: number): string =>
    `${['stg', 'int', 'fct'][Math.min(2, Math.floor(number / third))]}_${DOMAINS[number % DOMAINS.length]}_${number}`;
  const nodes: Record<string, ManifestNode> = {};
  const lineage: Record<string, Lineage['nodes'][string]> = {};
  for (let number = 0; number < count; number++) {
    const layer = LAYERS[Math.min(2, Math.floor(number / third))]!;
    const name = nameOf(number);
    const path = `${layer}/${DOMAINS[number % DOMAINS.length]}/${name}.sql`;
    const parents = parentsOf(number, count).map(id);
    const columns = Array.from({ length: COLUMNS }, (_, c) => (c === 0 ? 'id' : `value_${c}`));
    const sql = `select\n${columns.map((column) => `    ${column},`).join('\n')}\n    ${number} as made_of\nfrom ${parents.join(', ') || 'raw'}\n`;
    nodes[id(number)] = {
      ...modelNode({
        database: 'large',
        schema: 'main',
        name,
        package_name: 'large',
        path,
        original_file_path: `models/${path}`,
        unique_id: id(number),
        fqn: ['large', layer, DOMAINS[number % DOMAINS.length]!, name],
        alias: name,
        checksum: { name: 'sha256', checksum: String(number) },
        raw_code: sql,
      }),
      description: `Number ${number} of ${layer}, about ${DOMAINS[number % DOMAINS.length]}.`,
      compiled_code: sql.replaceAll('model.', ''),
      depends_on: { macros: [], nodes: parents },
      columns: Object.fromEntries(
        columns.map((column, c) => [
          column,
          columnInfo({ name: column, data_type: 'integer', description: c % 3 ? '' : `The ${column}.` }),
        ]),
      ),
    };
    lineage[id(number)] = {
      columns: columns.map((column, c) => ({
        name: column,
        type: 'INTEGER',
        from: parents.map((table, p) => ({ table, column, kinds: [['copy', 'derive', 'aggregate'][(c + p) % 3]!] })),
      })),
      rows_from: parents.slice(0, 1).map((table) => ({ table, column: 'id', kinds: ['join'] })),
      incomplete: [],
    };
    for (const [test, column] of [
      ['unique', 'id'],
      ['not_null', 'id'],
      ['not_null', 'value_1'],
    ] as const) {
      const testName = `${test}_${name}_${column}`;
      nodes[`test.large.${testName}.0`] = {
        ...genericTestNode({
          database: 'large',
          schema: 'main',
          name: testName,
          package_name: 'large',
          path: `${testName}.sql`,
          original_file_path: `models/${layer}/schema.yml`,
          unique_id: `test.large.${testName}.0`,
          fqn: ['large', layer, testName],
          alias: testName,
          raw_code: `{{ test_${test}(**_dbt_generic_test_kwargs) }}`,
          test_metadata: { name: test, kwargs: {}, namespace: null },
        }),
        column_name: column,
        depends_on: { macros: [], nodes: [id(number)] },
      };
    }
  }
  const subject = { project_name: 'large', project_id: null, adapter_type: 'duckdb', quoting: null };
  const results = Object.keys(nodes).map((unique_id, i) => {
    const at = (milliseconds: number): string => new Date(origin.startedAt.getTime() + milliseconds).toISOString();
    const start = Math.floor(i / 4) * 20;
    return runResult({
      unique_id,
      status: unique_id.startsWith('test.') ? 'pass' : 'success',
      thread_id: `Thread-${(i % 4) + 1}`,
      execution_time: 0.02,
      timing: [{ name: 'execute', started_at: at(start), completed_at: at(start + 18) }],
    });
  });
  return {
    manifest: withEdgeMaps({ ...emptyManifest(manifestMetadata(origin, origin.startedAt, subject)), nodes }),
    lineage: lineageArtifact(origin, origin.startedAt, subject, lineage),
    runResults: runResults(origin, origin.startedAt, { results, elapsed_time: 70, args: { which: 'build' } }),
  };
}
