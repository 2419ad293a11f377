// Reads what dbt itself was recorded to do on a public project. CONTRIBUTING.md says what they are for.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The recorded project: how it is set up (projects.json) and what came of it (NAME.json.gz). */
export function readRecord(folder, name) {
  const file = path.join(folder, `${name}.json.gz`);
  if (!existsSync(file))
    throw new Error(`No record of \`${name}\` in ${folder}. There are: ${recordNames(folder).join(', ')}`);
  const setup = JSON.parse(readFileSync(path.join(folder, 'projects.json'), 'utf8'))[name] ?? {};
  const recorded = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
  return { setup, recorded };
}

/** Names of all records in the folder. */
export function recordNames(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json.gz'))
    .map((file) => file.slice(0, -'.json.gz'.length))
    .sort();
}
