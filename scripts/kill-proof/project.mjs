// The project that is built and killed. Its rows depend on the variable `v`, so that old and new can be told apart.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** SQL that both engines read. */
const files = {
  'dbt_project.yml': `name: kill_proof
version: '1.0'
profile: kill_proof
on-run-start: ["create table if not exists hook_log (v integer)"]
on-run-end: ["delete from hook_log where v = {{ var('v') }}", "insert into hook_log values ({{ var('v') }})"]
models:
  +post-hook: "select count(*) from hook_log"
`,
  'models/big.sql':
    "{{ config(materialized='table') }}\nselect i as id, i * {{ var('v') }} as amount, md5(cast(i as varchar)) as text from generate_series(0, 299999) as t(i)\n",
  'models/seen.sql': "select count(*) as n, sum(amount) as total from {{ ref('big') }}\n",
  'models/grown.sql': `{{ config(materialized='incremental', unique_key='id', incremental_strategy='merge') }}
{% set first = var('v') * 1000 if is_incremental() else 0 %}
select i as id, {{ var('v') }} as v, md5(cast(i + {{ var('v') }} as varchar)) as text
from generate_series({{ first }}, {{ first + (99999 if is_incremental() else 199999) }}) as t(i)
`,
  'models/kept.sql': `{{ config(materialized='incremental', unique_key=['id', 'kind'], incremental_strategy='delete+insert') }}
select i as id, i % 3 as kind, {{ var('v') }} as v from generate_series(0, 49999) as t(i)
`,
  'snapshots/people.yml': `snapshots:
  - name: people_history
    relation: ref('people')
    config: {unique_key: id, strategy: check, check_cols: [v]}
`,
  'models/people.sql':
    "{{ config(materialized='table') }}\nselect i as id, case when i % 7 = {{ var('v') }} % 7 then {{ var('v') }} else 0 end as v from generate_series(0, 49999) as t(i)\n",
  'models/schema.yml': 'models:\n  - name: big\n    columns: [{name: id, data_tests: [unique, not_null]}]\n',
};

/** Columns that hold the time of the run: they differ however the run went. */
export const timed = new Set(['dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to', 'dbt_scd_id']);

/** Writes the project with the output of its profile. Answers its folder. */
export function writeProject(output) {
  const folder = mkdtempSync(join(tmpdir(), 'kill-proof-'));
  const profiles = JSON.stringify({ kill_proof: { target: 'dev', outputs: { dev: { ...output, threads: 2 } } } });
  for (const [path, text] of Object.entries({ ...files, 'profiles.yml': profiles })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Writes the seed, whose rows depend on the version. */
export function writeSeed(folder, version) {
  mkdirSync(join(folder, 'seeds'), { recursive: true });
  const rows = Array.from({ length: 60_000 }, (_, i) => `${i},${i % 97},event ${i * version}`);
  writeFileSync(join(folder, 'seeds', 'raw_events.csv'), `id,kind,name\n${rows.join('\n')}\n`);
}

/** Removes the project. */
export const removeProject = (folder) => rmSync(folder, { recursive: true, force: true });
