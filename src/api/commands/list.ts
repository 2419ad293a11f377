import { type GraphNode, graphNodes, unitTestName } from '../../artifacts/index.ts';
import { emit } from '../../core/index.ts';
import { fromPlain, toJson } from '../../jinja/index.ts';
import type { Parsed } from '../../parse/index.ts';
import { listCmdOut, noNodesSelected } from '../../run/index.ts';
import { selectNodes } from '../select-nodes.ts';
import type { Workspace } from '../workspace.ts';

const PREFIXED = new Set(['source', 'exposure', 'metric', 'semantic_model', 'saved_query', 'unit_test']);

/** A node as a selector that selects it. */
function selectorOf(node: GraphNode): string {
  switch (node.resource_type) {
    case 'source':
      return `source:${node.package_name}.${node.source_name}.${node.name}`;
    case 'unit_test':
      return `unit_test:${node.package_name}.${unitTestName(node)}`;
    default:
      return PREFIXED.has(node.resource_type)
        ? `${node.resource_type}:${node.package_name}.${node.name}`
        : node.fqn.join('.');
  }
}

const KEYS = [
  'alias',
  'name',
  'package_name',
  'depends_on',
  'tags',
  'config',
  'resource_type',
  'source_name',
  'original_file_path',
  'unique_id',
];

/** The value at a key that may lead into nested mappings: `config.materialized`. */
function valueAt(node: unknown, key: string): unknown {
  let at = node;
  for (const part of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

function jsonOf(node: GraphNode, keys: readonly string[]): string {
  const found: Record<string, unknown> = {};
  for (const key of keys.length ? keys : KEYS) {
    const value = valueAt(node, key);
    if (value !== undefined) found[key] = value;
  }
  return toJson(fromPlain(found));
}

/** `ls`: the selected nodes, one line each. */
export function list(workspace: Workspace, parsed: Parsed): readonly string[] {
  const { flags, invocation } = workspace;
  const selected = selectNodes(workspace, parsed);
  if (!selected.size) {
    emit(invocation, noNodesSelected());
    return [];
  }
  const nodes = [...graphNodes(parsed.manifest)].filter((node) => selected.has(node.unique_id));
  const lines = nodes.map((node) => {
    switch (flags.output) {
      case 'name':
        return 'search_name' in node
          ? String(node.search_name)
          : node.resource_type === 'source'
            ? `${node.source_name}.${node.name}`
            : node.name;
      case 'path':
        return node.original_file_path;
      case 'json':
        return jsonOf(node, flags.outputKeys);
      default:
        return selectorOf(node);
    }
  });
  const sorted = flags.output === 'json' ? lines : lines.sort((a, b) => (a < b ? -1 : 1));
  for (const line of sorted) emit(invocation, listCmdOut(line));
  return sorted;
}
