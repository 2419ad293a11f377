import type { ManifestNode } from '../artifacts/index.ts';
import type { AnalysedNode } from '../compile/index.ts';
import { type Diagnostic, nearest, type Span } from '../core/index.ts';
import { PyDict } from '../jinja/index.ts';
import { locateEntry, readProperties, type SectionName } from '../project/index.ts';
import { brokenContract, describedNowhere } from './diagnostics.ts';
import type { Workspace } from './workspace.ts';

/** Sections of properties files by the type of node that they describe. */
const SECTIONS: Readonly<Record<string, SectionName>> = { model: 'models', seed: 'seeds', snapshot: 'snapshots' };

/**
 * Compares the columns that a properties file gives a node with those of its query: described ones that are not there, and
 * for an enforced contract both ways. Says nothing where not all columns of the query are known.
 */
export function checkDescribed(workspace: Workspace, node: ManifestNode, analysed: AnalysedNode): Diagnostic[] {
  const described = Object.keys(node.columns);
  if (!described.length || analysed.rest.length || analysed.columns.some(({ name }) => name === null)) return [];
  const actual = analysed.columns.map(({ name }) => name!);
  const missing = without(described, actual);
  const contract = (node.config as { contract?: { enforced?: boolean } }).contract;
  if (contract?.enforced) {
    const extra = without(actual, described);
    if (!missing.length && !extra.length) return [];
    return [brokenContract({ node: node.name, missing, extra }, { at: placeOf(workspace, node, missing[0]) })];
  }
  return missing.map((name) =>
    describedNowhere({ node: node.name, name, near: nearest(name, actual) }, { at: placeOf(workspace, node, name) }),
  );
}

/** Names of one list that the other does not have, whatever the size of letters. */
function without(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map((name) => name.toLowerCase()));
  return names.filter((name) => !known.has(name.toLowerCase()));
}

/** Where a properties file describes a column, or its node where no column is given. */
function placeOf({ packages }: Workspace, node: ManifestNode, column: string | undefined): Span | undefined {
  const file = packages.flatMap(({ files }) => files).find(({ id }) => id === node.patch_path);
  const section = SECTIONS[node.resource_type];
  if (!file || !section) return undefined;
  const entry = readProperties(file)
    .sections.get(section)
    ?.find(({ name }) => name === node.name);
  if (!entry) return undefined;
  const columns = entry.data.get('columns');
  const index = Array.isArray(columns)
    ? columns.findIndex((item) => item instanceof PyDict && item.get('name') === column)
    : -1;
  return locateEntry(file, index < 0 ? [...entry.path, 'name'] : [...entry.path, 'columns', index, 'name']);
}
