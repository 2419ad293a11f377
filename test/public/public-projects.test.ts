import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../architecture/loaded-files.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const script = path.resolve(here, '..', '..', 'scripts', 'public-projects.mjs');
const standIn = path.join(here, 'stand-in.mjs');

const separator = String.fromCharCode(31);
const hashOf = (...rows: string[][]) =>
  rows
    .map((cells) => createHash('md5').update(cells.join(separator)).digest('hex').slice(0, 15))
    .reduce((sum, hex) => sum + BigInt(`0x${hex}`), 0n)
    .toString();

/** What the stand-in builds from the recorded commit: two rows, one cell of them null. */
const ordersTable = {
  kind: 'table',
  rows: 2,
  hash: hashOf(['1', 'paid'], ['2', String.fromCharCode(30)]),
  columns: [
    { name: 'id', type: 'INTEGER', hash: hashOf(['1'], ['2']) },
    { name: 'status', type: 'VARCHAR', hash: hashOf(['paid'], [String.fromCharCode(30)]) },
  ],
};

describe('scripts/public-projects.mjs', () => {
  let folder = '';
  let commit = '';

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'xform-public-test-'));
    const repository = path.join(folder, 'mirrors', 'someone+shop');
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: repository,
        encoding: 'utf8',
      });
    mkdirSync(path.join(repository, 'models'), { recursive: true });
    git('init', '--quiet');
    writeFileSync(path.join(repository, 'dbt_project.yml'), "name: shop\nprofile: 'shop'\n");
    const model = path.join(repository, 'models', 'orders.sql');
    writeFileSync(model, "select 1 as id, 'paid' as status union all select 2, null");
    git('add', '.');
    git('commit', '--quiet', '-m', 'recorded');
    commit = git('rev-parse', 'HEAD').trim();
    writeFileSync(model, 'select 3 as id');
    git('commit', '--quiet', '-am', 'later');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Records one project and holds a command line against it. */
  function compare(recorded: object, setup: object, ...args: string[]) {
    const oracle = path.join(folder, 'oracle');
    mkdirSync(oracle, { recursive: true });
    const record = { repo: 'someone/shop', commit, packages: [], counts: { model: 1 }, ...recorded };
    writeFileSync(path.join(oracle, 'projects.json'), JSON.stringify({ shop: setup }));
    writeFileSync(path.join(oracle, 'shop.json.gz'), gzipSync(JSON.stringify(record)));
    const all = [script, '--mirrors', path.join(folder, 'mirrors'), '--oracle', oracle, ...args, 'shop'];
    return spawnSync(process.execPath, all, { encoding: 'utf8' });
  }

  /** Holds the stand-in against a record of what it does, with some of it changed. */
  function check(node: object, table: object, unstable: object = {}, counts: object = { model: 1 }) {
    const record = {
      adapter: 'duckdb',
      steps: [{ cmd: 'dbt build', rc: 0 }],
      nodes: { 'model.shop.orders': { ...recordedNode, ...node } },
      counts,
      tables: { 'main.orders': { ...ordersTable, ...table } },
      unstable_under_second_run_400d_later: { tables: unstable, statuses: {} },
    };
    return compare(record, {}, '--cmd', `${process.execPath} ${standIn}`);
  }

  const recordedNode = {
    status: 'success',
    failures: null,
    relation: '"wh"."main"."orders"',
    mat: 'table',
    depends_on: [],
    compiled_sha256_ws_normalised: createHash('sha256').update('select 1').digest('hex'),
  };

  it('finds a run equal to its record', () => {
    const done = check({}, {});
    expect(done.stdout).toContain('shop: 1 nodes equal, 1 tables equal, 0 differences (compiled SQL equal in 1 of 1)');
    expect(done.status).toBe(0);
  });

  it('tells every difference and fails', () => {
    const done = check(
      { status: 'error', depends_on: ['seed.shop.raw'] },
      { rows: 3, columns: [ordersTable.columns[0], { name: 'status', type: 'VARCHAR', hash: '1' }] },
    );
    expect(done.stdout).toContain('model.shop.orders: status is "success", with dbt "error"');
    expect(done.stdout).toContain('model.shop.orders: depends on [], with dbt on ["seed.shop.raw"]');
    expect(done.stdout).toContain('main.orders: rows is 2, with dbt 3');
    expect(done.stdout).toContain('main.orders: column status holds other values');
    expect(done.stdout).toContain('0 of 1 projects as with dbt');
    expect(done.status).toBe(1);
  });

  it('counts what nodes do not show', () => {
    const done = check({}, {}, {}, { model: 1, sources: 2, disabled: 1, macros_total: 500 });
    expect(done.stdout).toContain('  disabled: 0, with dbt 1\n  sources: 0, with dbt 2\n');
    expect(done.stdout).toContain('shop: 1 nodes equal, 1 tables equal, 2 differences');
  });

  it('parses the project of a warehouse that nobody connects to', () => {
    ensureBuilt(path.resolve(here, '..', '..'));
    const node = { status: null, failures: null, relation: 'analytics.dbt.orders', mat: 'view', depends_on: [] };
    const record = { adapter: 'snowflake', steps: [{ cmd: 'dbt parse', rc: 0 }], nodes: { 'model.shop.orders': node } };
    const done = compare(record, { mode: 'parse', steps: ['parse'] });
    expect(done.stdout).toContain('shop: 1 nodes equal, 0 tables equal, 0 differences');
  });

  it('leaves out columns that depend on the clock, and only those', () => {
    const columns = [ordersTable.columns[0], { name: 'status', type: 'VARCHAR', hash: '1' }];
    const unstable = { 'main.orders': { columns: ['status'] } };
    expect(check({}, { hash: '1', columns }, unstable).status).toBe(0);
    expect(check({}, { hash: '1', columns, rows: 5 }, unstable).status).toBe(1);
  });

  it('says what is missing when it is not told where to look', () => {
    const done = spawnSync(process.execPath, [script], { encoding: 'utf8', env: { PATH: process.env.PATH } });
    expect(done.stderr).toContain('Say where the mirrors are: --mirrors DIR, or the variable XFORM_MIRRORS');
    expect(done.status).toBe(2);
  });
});
