// Compares what a run did with what dbt was recorded to do; returns differences as sentences.
import { createHash } from 'node:crypto';

/** Nodes as recorded, from the manifest and the results of all steps (a later step's result replaces an earlier one's). */
export function observeNodes(manifest, results) {
  const byId = new Map(results.flatMap((file) => file.results).map((result) => [result.unique_id, result]));
  const nodes = {};
  for (const node of [...Object.values(manifest.nodes), ...Object.values(manifest.unit_tests ?? {})]) {
    const result = byId.get(node.unique_id);
    const compiled = result?.compiled_code ?? node.compiled_code;
    nodes[node.unique_id] = {
      status: result?.status ?? null,
      failures: result?.failures ?? null,
      relation: node.relation_name ?? null,
      mat: node.config?.materialized ?? null,
      depends_on: node.depends_on?.nodes ?? [],
      compiled: compiled ? digest(compiled) : null,
    };
  }
  return nodes;
}

/** White space is collapsed, because it is not part of what a statement does. */
function digest(sql) {
  return createHash('sha256').update(sql.split(/\s+/).filter(Boolean).join(' ')).digest('hex');
}

const show = (value) => (value === undefined ? 'absent' : JSON.stringify(value));
const sameList = (a, b) => JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

/** Statuses, failures, relations, materializations and edges. `unstable` names nodes whose status depends on the clock. */
export function compareNodes(recorded, observed, unstable = {}) {
  const differences = [];
  const compiled = { equal: 0, different: [] };
  let equal = 0;
  for (const [id, expected] of Object.entries(recorded)) {
    const actual = observed[id];
    if (!actual) {
      differences.push(`${id}: not in the manifest`);
      continue;
    }
    const wrong = nodeDifferences(expected, actual, id in unstable);
    differences.push(...wrong.map((text) => `${id}: ${text}`));
    if (wrong.length === 0) equal++;
    if (expected.compiled_sha256_ws_normalised) {
      if (expected.compiled_sha256_ws_normalised === actual.compiled) compiled.equal++;
      else compiled.different.push(id);
    }
  }
  for (const id of Object.keys(observed)) if (!(id in recorded)) differences.push(`${id}: dbt has no such node`);
  return { equal, differences, compiled };
}

function nodeDifferences(expected, actual, isUnstable) {
  const wrong = [];
  const field = (label, a, b) => {
    if (a !== b) wrong.push(`${label} is ${show(b)}, with dbt ${show(a)}`);
  };
  if (!isUnstable) {
    field('status', expected.status, actual.status);
    field('failures', expected.failures, actual.failures);
  }
  field('relation', expected.relation, actual.relation);
  field('materialization', expected.mat, actual.mat);
  const edges = expected.depends_on ?? [];
  if (!sameList(edges, actual.depends_on)) {
    wrong.push(`depends on ${show(actual.depends_on)}, with dbt on ${show(edges)}`);
  }
  return wrong;
}

/** How many resources of each kind there are, how many are switched off, and how many edges all of them have. */
export function compareCounts(recorded, manifest) {
  const sections = ['sources', 'exposures', 'metrics', 'semantic_models', 'unit_tests', 'saved_queries', 'groups'];
  const counts = { disabled: Object.values(manifest.disabled).flat().length, edges: 0 };
  for (const section of sections) counts[section] = Object.keys(manifest[section]).length;
  for (const section of ['nodes', ...sections]) {
    for (const resource of Object.values(manifest[section])) {
      counts.edges += resource.depends_on?.nodes?.length ?? 0;
      if (section === 'nodes') counts[resource.resource_type] = (counts[resource.resource_type] ?? 0) + 1;
    }
  }
  return Object.entries(counts)
    .filter(([kind, count]) => count !== (recorded[kind] ?? 0))
    .map(([kind, count]) => `${kind}: ${count}, with dbt ${recorded[kind] ?? 0}`);
}

/** Kind, rows, hash and columns of each table. `unstable` names columns (and row counts) that are not the same from run to run. */
export function compareTables(recorded, observed, unstable = {}) {
  const differences = [];
  let equal = 0;
  for (const [name, expected] of Object.entries(recorded)) {
    const actual = observed[name];
    const wrong = actual ? tableDifferences(expected, actual, unstable[name]) : ['was not built'];
    differences.push(...wrong.map((text) => `${name}: ${text}`));
    if (wrong.length === 0) equal++;
  }
  for (const name of Object.keys(observed))
    if (!(name in recorded)) differences.push(`${name}: dbt builds no such table`);
  return { equal, differences };
}

function tableDifferences(expected, actual, unstable) {
  const wrong = [];
  const field = (label, a, b) => {
    if (a !== b) wrong.push(`${label} is ${show(b)}, with dbt ${show(a)}`);
  };
  const rowsMayDiffer = unstable?.rows !== undefined && unstable.rows[0] !== unstable.rows[1];
  const skipped = new Set(unstable?.columns ?? []);
  field('kind', expected.kind.toLowerCase(), actual.kind);
  // The recording could not read this one (a view on a file that lies relative to the project), so it holds no contents.
  if (expected.error !== undefined) return wrong;
  if (actual.error !== undefined) return [...wrong, `cannot be read: ${actual.error}`];
  if (!rowsMayDiffer) field('rows', expected.rows, actual.rows);
  if (unstable === undefined) field('hash', expected.hash, actual.hash);
  const shape = (table) => table.columns.map((column) => `${column.name} ${column.type}`).join(', ');
  field('columns', shape(expected), shape(actual));
  expected.columns.forEach((column, at) => {
    if (rowsMayDiffer || skipped.has(column.name)) return;
    const found = actual.columns[at];
    if (found?.name === column.name && found.hash !== column.hash)
      wrong.push(`column ${column.name} holds other values`);
  });
  return wrong;
}
