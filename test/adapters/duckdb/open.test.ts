import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { directory, failure, warehouse } from './fixture.ts';

/** What another process says that opens the file. */
function elsewhere(path: string): string {
  const script = `import { DuckDBInstance } from '@duckdb/node-api';
    try { await DuckDBInstance.create(${JSON.stringify(path)}); console.log('opened'); } catch (error) { console.log(error.message); }`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout.trim();
}

describe('opening', () => {
  it('shares one file between sessions and warehouses, and frees it in the end', async () => {
    const path = join(directory, 'shared.duckdb');
    const [one, two] = [await warehouse({ path }), await warehouse({ path })];
    await (await one.session('a')).execute('create table t as select 42 as x');
    expect((await (await two.session('b')).execute('select x from shared.main.t')).rows).toEqual([[42]]);
    await two.close();
    expect(elsewhere(path)).toContain('Could not set lock');
    await one.close();
    expect(elsewhere(path)).toBe('opened');
  });

  it('gives each :memory: database to itself', async () => {
    const [one, two] = [await warehouse(), await warehouse()];
    await (await one.session('a')).execute('create table t as select 1 as x');
    expect((await failure((await two.session('b')).execute('from t'))).code).toBe('XF6002');
  });

  it('opens no file twice with different options', async () => {
    const path = join(directory, 'options.duckdb');
    const one = await warehouse({ path });
    const clash = await failure(warehouse({ path, config_options: { threads: 1 } }));
    expect(clash.code).toBe('XF6014');
    await one.close();
  });

  it('starts relative paths at the project', async () => {
    const base = join(directory, 'project');
    mkdirSync(base);
    writeFileSync(join(base, 'data.csv'), 'a\n1\n');
    const db = await (
      await warehouse({ path: 'dev.duckdb', attach: [{ path: 'other.duckdb', alias: 'other' }] }, base)
    ).session('a');
    const { rows } = await db.execute('select path from duckdb_databases() where path is not null order by 1');
    expect(rows).toEqual([[join(base, 'dev.duckdb')], [join(base, 'other.duckdb')]]);
    expect((await db.execute("from 'data.csv'")).rows).toEqual([[1]]);
    await db.execute('create table other.main.t as select 7 as x');
    expect((await db.execute('from other.main.t')).rows).toEqual([[7]]);
  });

  it('names the process that holds a locked file', async () => {
    const path = join(directory, 'locked.duckdb');
    const script = `import { DuckDBInstance } from '@duckdb/node-api';
      globalThis.instance = await DuckDBInstance.create(${JSON.stringify(path)}); console.log('ready'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script]);
    try {
      await new Promise((resolve, reject) => {
        holder.stdout.once('data', resolve);
        holder.once('exit', reject);
      });
      const found = await failure(warehouse({ path }));
      expect(found.code).toBe('XF6010');
      expect(found.data).toMatchObject({ path, pid: holder.pid });
      expect(found.help[0]).toContain(`process ${holder.pid}`);
      expect((await failure(warehouse({ attach: [{ path, alias: 'l' }] }))).code).toBe('XF6010');
    } finally {
      holder.kill();
    }
  });

  it('tells damaged files, missing folders and bad options apart', async () => {
    const path = join(directory, 'corrupt.duckdb');
    writeFileSync(path, 'no database'.repeat(1000));
    expect((await failure(warehouse({ path }))).code).toBe('XF6011');
    const missing = await failure(warehouse({ path: join(directory, 'no', 'where.duckdb') }));
    expect([missing.code, missing.data.directory]).toEqual(['XF6012', join(directory, 'no')]);
    expect((await failure(warehouse({ config_options: { nosuch: 1 } }))).code).toBe('XF6013');
    expect((await failure(warehouse({ settings: { nosuch: 1 } }))).message).toContain('setting `nosuch`');
    expect((await failure(warehouse({ filesystems: [{ fs: 's3' }] }))).code).toBe('XF6022');
  });

  it('loads extensions that are built in, and says which one it cannot get', async () => {
    await warehouse({ extensions: ['json', 'icu', 'parquet'] });
    const found = await failure(warehouse({ extensions: ['no_such_extension'] }));
    expect([found.code, found.data.name]).toEqual(['XF6025', 'no_such_extension']);
  });

  it('applies settings on every session', async () => {
    const house = await warehouse({ settings: { TimeZone: 'Europe/Paris', threads: 1 } });
    for (const name of ['a', 'b'])
      expect(
        (await (await house.session(name)).execute("select current_setting('TimeZone'), current_setting('threads')"))
          .rows,
      ).toEqual([['Europe/Paris', 1]]);
  });
});
