import { describe, expect, it } from 'vitest';
import { attachSql } from '../../../adapters/duckdb/attachment.ts';
import { adapter } from '../../../adapters/duckdb/index.ts';
import { catalogName } from '../../../adapters/duckdb/path.ts';
import { secretSql } from '../../../adapters/duckdb/secret.ts';
import { credentials } from './fixture.ts';

const read = (output: Record<string, unknown>) => adapter.credentials({ type: 'duckdb', ...output }, process.cwd());
const codes = (output: Record<string, unknown>): string[] => {
  const result = read(output);
  return ('problems' in result ? result.problems : (result.warnings ?? [])).map((one) => one.code);
};

describe('credentials', () => {
  it('default to a database in memory', () => {
    expect(credentials()).toMatchObject({
      type: 'duckdb',
      database: 'memory',
      schema: 'main',
      path: ':memory:',
      secrets: [],
    });
  });

  it('name the catalog as DuckDB does', () => {
    const names: Record<string, string> = {
      ':memory:': 'memory',
      'jaffle.duckdb': 'jaffle',
      '/a/b/my.db.duckdb': 'my',
      '.hidden.duckdb': 'hidden',
      'md:': 'my_db',
      'md:sales?motherduck_token=x': 'sales',
      'ducklake:metadata.ducklake': 'metadata',
      'C:\\data\\dev.duckdb': 'dev',
    };
    for (const [path, name] of Object.entries(names)) expect([path, catalogName(path)]).toEqual([path, name]);
  });

  it('let database name the path or an attached database only', () => {
    expect(codes({ path: 'a.duckdb', database: 'b' })).toEqual(['XF6021']);
    expect(codes({ path: 'a.duckdb', database: 'b', attach: [{ path: 'x.db', alias: 'b' }] })).toEqual([]);
  });

  it('report options of the wrong kind, and warn of misspelt ones', () => {
    expect(codes({ path: 3, threads: 'x', attach: [{ alias: 'a' }], extensions: [{ name: 'x' }] })).toEqual([
      'XF6020',
      'XF6020',
      'XF6020',
      'XF6020',
    ]);
    expect(codes({ extentions: ['json'] })).toEqual(['XF6023']);
    expect(codes({ plugins: [{ module: 'excel' }] })).toEqual(['XF6022']);
  });

  it('keep secrets out of what is shown', () => {
    const found = credentials({
      path: 'md:db?motherduck_token=tok123',
      settings: { s3_secret_access_key: 'abcd1234', threads: 4 },
      secrets: [{ type: 's3', key_id: 'KEY', secret: 'xyz987', region: 'eu' }],
      attach: [{ path: 'postgres://me:pw5678@host/db', type: 'postgres', alias: 'pg' }],
    });
    expect(found.secrets).toEqual(expect.arrayContaining(['tok123', 'abcd1234', 'KEY', 'xyz987', 'pw5678']));
    const shown = JSON.stringify([found.shown, found.target]);
    for (const secret of ['tok123', 'abcd1234', 'xyz987', 'pw5678']) expect(shown).not.toContain(secret);
    expect(found.target.settings).toEqual({ s3_secret_access_key: '*****', threads: 4 });
  });
});

describe('statements of the profile', () => {
  it('attach databases', () => {
    expect(attachSql({ path: 'x.db', alias: 'x', type: 'sqlite', read_only: true }, '/p')).toBe(
      "ATTACH IF NOT EXISTS '/p/x.db' AS x (TYPE sqlite, READ_ONLY)",
    );
    expect(
      attachSql({ path: 'dbname=a', type: 'postgres', options: { schema: 'public', x: true, y: false } }, '/p'),
    ).toBe("ATTACH IF NOT EXISTS 'dbname=a' (TYPE postgres, SCHEMA 'public', X)");
    expect(() => attachSql({ path: 'a', type: 'sqlite', options: { type: 'duckdb' } }, '/p')).toThrow(
      'both directly and under',
    );
  });

  it('create secrets', () => {
    expect(
      secretSql({ type: 's3', provider: 'config', key_id: "a'b", scope: ['s3://a', 's3://b'], m: { k: 1 }, l: [1] }, 0),
    ).toBe(
      "CREATE OR REPLACE SECRET _dbt_secret_1 (type s3, provider config, key_id 'a''b', m map {'k': '1'}, l array ['1'], scope 's3://a', scope 's3://b')",
    );
  });
});

describe('methods', () => {
  const call = (name: string, ...args: unknown[]): unknown =>
    adapter.methods[name]!(args, {}, credentials({ external_root: 'out' }));
  it('are those of dbt-duckdb', () => {
    expect(call('external_root')).toBe('out');
    expect(call('is_motherduck')).toBe(false);
    expect(call('external_write_options', '/tmp/x.csv.gz', {})).toBe('format csv, compression gzip, header 1');
    expect(call('external_write_options', '/tmp/x', { delimiter: '|' })).toBe("delimiter '|', format csv, header 1");
    expect(call('external_write_options', '/tmp/x', { partition_by: 'a, b' })).toBe(
      'partition_by (a, b), format parquet',
    );
    expect(call('external_read_location', '/tmp/x', { partition_by: 'a,b' })).toBe('/tmp/x/*/*/*.parquet');
    expect(call('external_read_location', '/tmp/x', {})).toBe('/tmp/x');
    expect(call('batch_id_for_model', { batch: { event_time_start: '2024-01-02T03:04:05+00:00' } })).toBe(
      '20240102_0304050000',
    );
  });

  it('fill the external location of a source', () => {
    const source = { sourceName: 's', name: 't', identifier: 'tt', schema: 'sc', tags: [], config: {} };
    const at = (meta: Record<string, unknown>) => adapter.externalLocation!({ ...source, meta });
    expect(at({})).toBeUndefined();
    expect(at({ external_location: 's3://b/{schema}/{name}_{kind}.csv', kind: 'k' })).toBe("'s3://b/sc/t_k.csv'");
    expect(at({ external_location: "read_csv('{identifier}.csv', {{'a': 1}})" })).toBe("read_csv('tt.csv', {'a': 1})");
    expect(at({ external_location: '%(name)s.csv', formatter: 'oldstyle' })).toBe("'t.csv'");
    expect(at({ external_location: ['$', '{name}.csv'].join(''), formatter: 'template' })).toBe("'t.csv'");
    expect(() => at({ external_location: '{nope}' })).toThrow('{nope}');
    expect(() => at({ plugin: 'excel' })).toThrow('plugin excel');
  });
});

describe('types', () => {
  const same = adapter.dialect.sameType;
  it('are the same under any spelling', () => {
    for (const [a, b] of [
      ['TEXT', 'varchar'],
      ['VARCHAR(20)', 'text'],
      ['NUMERIC(10, 2)', 'decimal(10,2)'],
      ['int[]', 'INTEGER[]'],
      ['timestamp', 'TIMESTAMP WITHOUT TIME ZONE'],
      ['decimal(5)', 'numeric(5,0)'],
    ])
      expect([a, b, same(a!, b!)]).toEqual([a, b, true]);
    expect(same('int', 'bigint')).toBe(false);
    expect(same('decimal(10,2)', 'decimal(10,3)')).toBe(false);
  });
});
