// Counts of how many columns of a built project it is known where they come from.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What has SQL and columns. */
const KINDS = new Set(['model', 'snapshot']);

/**
 * The columns that the warehouse has of models and snapshots: those whose lineage is complete are counted, of the others is
 * said why. Of ephemeral models, which no warehouse has, the columns that the analysis found.
 */
export function measureLineage(record, place, [file, ...first]) {
  const { vars, env } = record.setup;
  const flags = ['--profiles-dir', place.profiles, '--target', place.target];
  if (vars) flags.push('--vars', JSON.stringify(vars));
  const read = (name) => JSON.parse(readFileSync(path.join(place.project, 'target', name), 'utf8'));
  const run = (...command) =>
    spawnSync(file, [...first, ...command, ...flags], {
      cwd: place.project,
      env: { ...process.env, TZ: 'UTC', ...env },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
  run('sources', 'pull');
  const isWritten = (name) => existsSync(path.join(place.project, 'target', name));
  run('docs', 'generate');
  // Where something cannot be compiled, the rest is known as the build has compiled it.
  if (!isWritten('lineage.json')) {
    const { stdout, stderr } = run('docs', 'generate', '--no-compile');
    if (!isWritten('lineage.json')) throw new Error(`docs generate wrote no lineage.json:\n${stdout}${stderr}`);
  }
  const { nodes: manifest } = read('manifest.json');
  // A warehouse that cannot be connected to has none.
  const { nodes: catalog } = isWritten('catalog.json') ? read('catalog.json') : { nodes: {} };
  const { nodes: lineage } = read('lineage.json');
  const found = { models: 0, complete: 0, unknown: [] };
  for (const [id, node] of Object.entries(manifest)) {
    if (!KINDS.has(node.resource_type)) continue;
    const known = lineage[id];
    const inWarehouse = catalog[id] && Object.keys(catalog[id].columns);
    if (!inWarehouse && node.config.materialized !== 'ephemeral') continue;
    found.models++;
    const columns = new Map(known?.columns.map((column) => [column.name.toLowerCase(), column]));
    for (const name of inWarehouse ?? known?.columns.map((column) => column.name) ?? []) {
      const column = columns.get(name.toLowerCase());
      if (column && column.unknown === undefined) found.complete++;
      else found.unknown.push({ id, name, reason: column?.unknown ?? known?.incomplete[0] ?? 'it has no name' });
    }
    if (!inWarehouse) for (const reason of known?.incomplete ?? []) found.unknown.push({ id, name: '…', reason });
  }
  return found;
}
