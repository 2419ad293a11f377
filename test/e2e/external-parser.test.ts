import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type RealDbt, realDbt } from './real-dbt.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The version of a dbt that can take a parser of another make, or why there is none. */
function usableDbt(): RealDbt | { reason: string } {
  const dbt = realDbt();
  if ('reason' in dbt) return dbt;
  if (!/^1\.1[2-9]\./.test(dbt.version)) return { reason: `dbt ${dbt.version} takes no external parser` };
  return dbt.adapters.includes('duckdb') ? dbt : { reason: 'dbt is there without dbt-duckdb' };
}

const found = usableDbt();
if ('reason' in found) console.log(`external parser: skipped, ${found.reason}`);

/** dbt-core runs a project from the manifest that `xform parse` wrote. */
describe.skipIf('reason' in found)('dbt with xform as its parser', () => {
  it('builds the template project: seeds, models, snapshots, tests, unit tests', () => {
    const folder = mkdtempSync(join(tmpdir(), 'xform-external-'));
    cpSync(join(root, 'project-template'), folder, { recursive: true });
    const project = join(folder, 'dbt_project.yml');
    writeFileSync(project, `${readFileSync(project, 'utf8')}\nprofile: pedal_shop\n`);
    writeFileSync(
      join(folder, 'profiles.yml'),
      'pedal_shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, threads: 2}\n',
    );
    const parser = `${process.execPath} ${join(root, 'dist', 'cli', 'main.js')} parse`;
    for (const _ of ['first', 'incremental']) {
      const output = execFileSync((found as RealDbt).command, ['build', '--use-v2-parser', '--v2-parser', parser], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(output).toMatch(/Done\. PASS=137 WARN=0 ERROR=0 SKIP=0 NO-OP=1/);
    }
  });
});
