import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dbt = process.env.XFORM_TEST_DBT ?? 'dbt';

/** The version of a dbt that can take a parser of another make, or why there is none. */
function usableDbt(): { version: string } | { reason: string } {
  try {
    const text = execFileSync(dbt, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const version = /installed:\s*(\S+)/.exec(text)?.[1] ?? '';
    if (!/^1\.1[2-9]\./.test(version))
      return { reason: `dbt ${version || 'of unknown version'} takes no external parser` };
    return text.includes('duckdb') ? { version } : { reason: 'dbt is there without dbt-duckdb' };
  } catch {
    return { reason: 'no dbt on the PATH (XFORM_TEST_DBT names one)' };
  }
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
      const output = execFileSync(dbt, ['build', '--use-v2-parser', '--v2-parser', parser], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(output).toMatch(/Done\. PASS=137 WARN=0 ERROR=0 SKIP=0 NO-OP=1/);
    }
  });
});
