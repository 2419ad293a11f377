// Compares the types that the analysis gives to columns with those that were recorded in the warehouse.
import { spawnSync } from 'node:child_process';
import { analyse } from '../../dist/src/api/index.js';

/** A type without its numbers: what information_schema of Postgres says. */
const bare = (type) => type.toLowerCase().replace(/\([\d, ]+\)/, '');

/** Types of all columns of models, seeds and snapshots: equal, wrong (as sentences) and unknown. */
export async function compareTypes(record, place, manifest, [file, ...first]) {
  const { vars, env } = record.setup;
  const given = vars ? { vars: JSON.stringify(vars) } : {};
  const environment = { ...process.env, TZ: 'UTC', ...env };
  const flags = ['--profiles-dir', place.profiles, '--target', place.target, ...(vars ? ['--vars', given.vars] : [])];
  spawnSync(file, [...first, 'sources', 'pull', ...flags], { cwd: place.project, env: environment });
  const settings = {
    cwd: place.project,
    env: environment,
    profilesDir: place.profiles,
    target: place.target,
    ...given,
  };
  const { value, problems } = await analyse(settings);
  if (!value) throw new Error(`no analysis: ${problems.map(({ message }) => message).join('; ')}`);
  const found = { equal: 0, wrong: [], unknown: [] };
  for (const node of value.values()) {
    const { schema, alias } = manifest.nodes[node.uniqueId] ?? {};
    for (const { name, type } of record.recorded.tables?.[`${schema}.${alias}`]?.columns ?? []) {
      const column = node.columns.find((one) => one.name?.toLowerCase() === name.toLowerCase());
      const told = column?.type ?? null;
      const where = `${node.uniqueId}.${name}`;
      const same = record.recorded.adapter === 'postgres' ? bare : (text) => text.toLowerCase();
      if (told === null) found.unknown.push(`${where} (${type}; ${column?.unknown ?? node.rest[0] ?? 'no type'})`);
      else if (same(told) === same(type)) found.equal++;
      else found.wrong.push(`${where} is ${type}, not ${told}`);
    }
  }
  return found;
}
