import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../architecture/loaded-files.ts';
import { root } from './temporary-project.ts';

/** npm through a shell: it is a script on some systems and a command file on others. */
function npm(line: string, cwd: string): string {
  const done = spawnSync(`npm ${line}`, { cwd, encoding: 'utf8', shell: true });
  if (done.status !== 0) throw new Error(`npm ${line} ended with ${done.status}\n${done.stdout}${done.stderr}`);
  return done.stdout;
}

describe('the package', () => {
  let folder: string;
  let installed: string;
  let files: readonly string[];

  // What the tarball holds is put where npm would put it; its dependencies are those that are installed already.
  beforeAll(() => {
    ensureBuilt(root);
    folder = mkdtempSync(path.join(tmpdir(), 'xform-package-'));
    const json = npm(`pack --json --ignore-scripts --offline --pack-destination "${folder}"`, root);
    const packed = JSON.parse(json) as unknown;
    const [entry] = (Array.isArray(packed) ? packed : Object.values(packed as object)) as [
      { filename: string; files: { path: string }[] },
    ];
    files = entry.files.map((file) => file.path);
    installed = path.join(folder, 'node_modules', 'xform');
    mkdirSync(installed, { recursive: true });
    const unpacked = spawnSync('tar', [
      '-xzf',
      path.join(folder, entry.filename),
      '--strip-components=1',
      '-C',
      installed,
    ]);
    if (unpacked.status !== 0) throw new Error(String(unpacked.stderr));
    const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(dependencies)) {
      const link = path.join(folder, 'node_modules', name);
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(path.join(root, 'node_modules', name), link, 'junction');
    }
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const xform = (args: readonly string[], cwd = folder) =>
    spawnSync(process.execPath, [path.join(installed, 'dist', 'cli', 'main.js'), ...args], {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: folder },
    });

  it('holds what a user needs, and nothing that only developers need', () => {
    for (const file of [
      'dist/cli/main.js',
      'dist/explorer/page.js',
      'dist/explorer/page.css',
      'macros/dbt_project.yml',
      'adapters/duckdb/macros/dbt_project.yml',
      'project-template/dbt_project.yml',
      'project-template/gitignore',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
    ]) {
      expect(files).toContain(file);
    }
    expect(files.filter((file) => /^(src|test|scripts|bench|docs)\/|\.duckdb|\.tgz$|node_modules/.test(file))).toEqual(
      [],
    );
  });

  it('makes a project and builds it', () => {
    const made = xform(['init', 'shop']);
    expect(made.stdout + made.stderr).toContain('Your new project "shop" was created!');
    const build = xform(['build'], path.join(folder, 'shop'));
    expect(build.stdout).toMatch(/Done\. PASS=\d+ WARN=0 ERROR=0 SKIP=0/);
    expect(build.status).toBe(0);
  });

  it.each([
    ['@duckdb/node-api', '{type: duckdb, path: a.duckdb}', 'XF6015', /DuckDB's driver cannot be loaded on \w+-\w+\n/],
    [
      'pg',
      '{type: postgres, host: h, port: 5432, user: u, password: p, dbname: d, schema: s}',
      'XF6125',
      /driver of Postgres/,
    ],
  ])('says what to install where %s is not there', (driver, output, code, message) => {
    const project = path.join(folder, `without-${code}`);
    mkdirSync(path.join(project, 'models'), { recursive: true });
    writeFileSync(path.join(project, 'dbt_project.yml'), 'name: shop\nprofile: shop\n');
    writeFileSync(path.join(project, 'profiles.yml'), `shop: {target: dev, outputs: {dev: ${output}}}\n`);
    writeFileSync(path.join(project, 'models/a.sql'), 'select 1 as id\n');
    const place = path.join(folder, 'node_modules', driver);
    renameSync(place, `${place}-away`);
    const build = xform(['build'], project);
    renameSync(`${place}-away`, place);
    const said = build.stdout + build.stderr;
    expect(said).toContain('Registered adapter: ');
    expect(said).toMatch(message);
    expect(said).toContain(`npm install ${driver}`);
    expect(said).toContain(`[${code}]`);
    expect(said).not.toMatch(/internal error|\n\s+at /);
    expect(build.status).toBe(2);
  });

  it('depends on nothing that its package.json does not name', () => {
    expect(xform(['--version']).stdout).toMatch(/^xform \d+\.\d+\.\d+$/m);
    const { dependencies } = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d/);
  });
});
