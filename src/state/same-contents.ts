import type {
  ExposureNode,
  FunctionNode,
  GraphNode,
  ManifestNode,
  MetricNode,
  ModelNode,
  SavedQueryNode,
  SeedNode,
  SemanticModelNode,
  SourceNode,
  UnitTestNode,
} from '../artifacts/index.ts';
import { jsonEqual, sameContent } from './json-equal.ts';
import { RELATION_SETTINGS, sameConfig, sameSetting, type Writing } from './same-config.ts';

const lineEnds = /\r\n?/g;
const trimmed = (code: string | null | undefined): string => (code ?? '').replace(lineEnds, '\n').trim();

/** Whether two nodes have the same code; seeds, the same rows as far as their checksums tell. */
export function sameBody(now: ManifestNode | FunctionNode, then: ManifestNode | FunctionNode): boolean {
  if (now.resource_type === 'seed') return sameRows(now, then as SeedNode);
  return now.raw_code === then.raw_code || trimmed(now.raw_code) === trimmed(then.raw_code);
}

function sameRows(now: SeedNode, then: SeedNode): boolean {
  const a = now.checksum;
  const b = then.checksum;
  if (a.name !== b.name) return false;
  return a.checksum === b.checksum || (a.name === 'path' && slashed(a.checksum) === slashed(b.checksum));
}

const slashed = (path: string): string => path.replaceAll('\\', '/');

/** Whether the descriptions are the same that the node writes into the warehouse, if it does. */
export function sameDescriptions(now: ManifestNode | FunctionNode, then: ManifestNode | FunctionNode): boolean {
  const { persist_docs: persisted } = now.config as { persist_docs?: { relation?: unknown; columns?: unknown } | null };
  if (persisted?.relation && now.description !== then.description) return false;
  if (!persisted?.columns) return true;
  const described = (node: ManifestNode | FunctionNode) =>
    Object.fromEntries(Object.entries(node.columns ?? {}).map(([name, column]) => [name, column.description]));
  return jsonEqual(described(now), described(then));
}

/** Whether two nodes are told the same about the name of their relation; what names come to is not looked at. */
export function sameRelation(now: GraphNode, then: GraphNode, writing: Writing): boolean {
  if (now.resource_type === 'source') return sameTable(now, then as SourceNode);
  return RELATION_SETTINGS.every((key) => sameSetting(now as never, then as never, key, writing));
}

/** Sources may say with Jinja where they lie; a state that does not keep the Jinja keeps what it came to. */
function sameTable(now: SourceNode, then: SourceNode): boolean {
  const same = (key: 'database' | 'schema'): boolean => {
    const written = now[`unrendered_${key}`] ?? null;
    const before = then[`unrendered_${key}`] ?? null;
    if (before !== null) return written === before;
    // A source that names no database lies in that of the target, which may be another one now.
    return (written === null && key === 'database') || now[key] === then[key];
  };
  return now.identifier === then.identifier && same('database') && same('schema');
}

/** What others who refer to a model rely on. */
function sameReference(now: ModelNode, then: ModelNode): boolean {
  const text = (version: string | number | null | undefined): string => String(version ?? '');
  return (
    text(now.latest_version) === text(then.latest_version) &&
    (now.access ?? 'protected') === (then.access ?? 'protected') &&
    moment(now.deprecation_date) === moment(then.deprecation_date)
  );
}

const moment = (date: string | null | undefined): number | string | null => {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? (date ?? null) : time;
};

/** Whether a node says the same as before, but for the macros it calls and its contract. */
export function sameContents(now: GraphNode, then: GraphNode, writing: Writing): boolean {
  if (now.resource_type !== then.resource_type) return false;
  switch (now.resource_type) {
    case 'source':
      return sameSource(now, then as SourceNode, writing);
    case 'exposure':
      return sameExposure(now, then as ExposureNode, writing);
    case 'metric':
      return sameMetric(now, then as MetricNode, writing);
    case 'semantic_model':
      return sameSemanticModel(now, then as SemanticModelNode);
    case 'saved_query':
      return sameSavedQuery(now, then as SavedQueryNode);
    case 'unit_test':
      return sameUnitTest(now, then as UnitTestNode);
    default:
      return sameNode(now, then as ManifestNode | FunctionNode, writing);
  }
}

function sameNode(now: ManifestNode | FunctionNode, then: ManifestNode | FunctionNode, writing: Writing): boolean {
  if (!sameConfig(now as never, then as never, writing) || !jsonEqual(now.fqn, then.fqn)) return false;
  // The arguments of a generic test are in its id, and its code is made.
  if (now.resource_type === 'test' && now.test_metadata) return true;
  if (!sameBody(now, then) || !sameDescriptions(now, then) || !sameRelation(now, then, writing)) return false;
  if (now.resource_type === 'model') return sameReference(now, then as ModelNode);
  if (now.resource_type !== 'function') return true;
  const old = then as FunctionNode;
  return (['arguments', 'returns', 'overloads'] as const).every((key) => sameContent(now[key] ?? [], old[key] ?? []));
}

function sameSource(now: SourceNode, then: SourceNode, writing: Writing): boolean {
  return (
    sameTable(now, then) &&
    jsonEqual(now.fqn, then.fqn) &&
    sameConfig(now as never, then as never, writing) &&
    sameContent(now.quoting, then.quoting) &&
    sameContent(now.freshness, then.freshness) &&
    (now.loaded_at_field ?? null) === (then.loaded_at_field ?? null) &&
    sameContent(now.external, then.external)
  );
}

function sameExposure(now: ExposureNode, then: ExposureNode, writing: Writing): boolean {
  const keys = ['fqn', 'type', 'owner', 'maturity', 'url', 'description', 'label'] as const;
  return (
    keys.every((key) => sameContent(now[key], then[key])) &&
    jsonEqual([...now.depends_on.nodes].sort(), [...then.depends_on.nodes].sort()) &&
    sameConfig(now as never, then as never, writing)
  );
}

function sameMetric(now: MetricNode, then: MetricNode, writing: Writing): boolean {
  const keys = ['type', 'description', 'label'] as const;
  return (
    keys.every((key) => (now[key] || null) === (then[key] || null)) && sameConfig(now as never, then as never, writing)
  );
}

function sameSemanticModel(now: SemanticModelNode, then: SemanticModelNode): boolean {
  const keys = ['model', 'description', 'defaults', 'entities', 'dimensions', 'measures', 'config'] as const;
  return (
    keys.every((key) => sameContent(now[key], then[key])) &&
    (now.primary_entity ?? null) === (then.primary_entity ?? null) &&
    (now.group ?? null) === (then.group ?? null)
  );
}

function sameSavedQuery(now: SavedQueryNode, then: SavedQueryNode): boolean {
  const keys = ['description', 'label', 'config', 'group', 'tags'] as const;
  const queried = ['metrics', 'group_by', 'where'] as const;
  const exported = (query: SavedQueryNode) =>
    query.exports.map(({ name, unrendered_config: written }) => [
      name,
      written?.export_as ?? null,
      written?.schema ?? null,
      written?.alias ?? null,
    ]);
  return (
    keys.every((key) => sameContent(now[key], then[key])) &&
    queried.every((key) => sameContent(now.query_params[key], then.query_params[key])) &&
    jsonEqual(exported(now), exported(then))
  );
}

/** By what the test says, not by a checksum, as that differs from writer to writer. */
function sameUnitTest(now: UnitTestNode, then: UnitTestNode): boolean {
  if (now.checksum !== null && now.checksum === then.checksum) return true;
  const keys = ['model', 'versions', 'given', 'expect', 'overrides'] as const;
  return keys.every((key) => sameContent(now[key], then[key]));
}
