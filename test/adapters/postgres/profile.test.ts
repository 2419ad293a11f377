import { describe, expect, it } from 'vitest';
import type { PostgresCredentials } from '../../../adapters/postgres/credentials.ts';
import { adapter } from '../../../adapters/postgres/index.ts';
import { encryptions } from '../../../adapters/postgres/tls.ts';
import { credentials } from './fixture.ts';

const output = {
  type: 'postgres',
  host: 'db.example',
  port: 5432,
  user: 'u',
  pass: 'secret',
  dbname: 'shop',
  schema: 'dev',
};

describe('a profile', () => {
  it('is read by both names of password and database, numbers also from text', () => {
    const read = credentials({ ...output, port: '5433', connect_timeout: '3', threads: 8 }) as PostgresCredentials;
    expect(read).toMatchObject({ host: 'db.example', port: 5433, password: 'secret', database: 'shop', threads: 8 });
    expect(read.connectTimeout).toBe(3);
    expect(credentials({ ...output, pass: undefined, password: 1234, dbname: undefined, database: 'd' })).toMatchObject(
      {
        password: '1234',
        database: 'd',
      },
    );
  });

  it('shows no password', () => {
    const read = credentials(output);
    expect(JSON.stringify([read.target, read.shown])).not.toContain('secret');
    expect(read.secrets).toEqual(['secret']);
    expect(read.target).toMatchObject({ host: 'db.example', dbname: 'shop', search_path: null, retries: 1 });
    expect(read.shown.slice(0, 5).map(([name]) => name)).toEqual(['host', 'port', 'user', 'database', 'schema']);
  });

  it('names all that is wrong with it', () => {
    const read = adapter.credentials({ type: 'postgres', host: 'h', port: 'many', sslmode: 'maybe' }, '.');
    expect(
      'problems' in read && read.problems.map(({ code, message }) => [code, message.replace(/^.*: /, '')]),
    ).toEqual([
      ['XF6120', '`port` must be a number, but is "many"'],
      ['XF6121', "'user' is a required property"],
      ['XF6121', "'password' is a required property"],
      ['XF6121', "'dbname' is a required property"],
      ['XF6121', "'schema' is a required property"],
      ['XF6120', '`sslmode` must be one of disable, allow, prefer, require, verify-ca, verify-full, but is "maybe"'],
    ]);
  });

  it('warns of an option that looks like another', () => {
    const read = adapter.credentials({ ...output, ssl_mode: 'require' }, '.');
    expect('credentials' in read && read.warnings?.map(({ code, help }) => [code, help[0]])).toEqual([
      ['XF6122', 'Did you mean `sslmode`?'],
    ]);
  });
});

describe('sslmode', () => {
  const ways = (more: Record<string, unknown>) =>
    encryptions(credentials({ ...output, ...more }) as PostgresCredentials).map((way) =>
      way === false
        ? 'plain'
        : `${way.rejectUnauthorized ? 'verified' : 'any'}${way.checkServerIdentity ? '' : ' name'}`,
    );
  it('says what is tried, and how sure it must be', () => {
    const sslrootcert = 'test/fixtures/tls/ca.crt';
    expect(ways({})).toEqual(['any', 'plain']);
    expect(ways({ sslmode: 'disable' })).toEqual(['plain']);
    expect(ways({ sslmode: 'allow' })).toEqual(['plain', 'any']);
    expect(ways({ sslmode: 'require' })).toEqual(['any']);
    expect(ways({ sslmode: 'require', sslrootcert })).toEqual(['verified']);
    expect(ways({ sslmode: 'verify-ca', sslrootcert })).toEqual(['verified']);
    expect(ways({ sslmode: 'verify-full', sslrootcert: 'system' })).toEqual(['verified name']);
  });
  it('tells of certificates that are not there', () => {
    expect(() => ways({ sslmode: 'require', sslcert: 'no/such.crt' })).toThrow(/`sslcert` .*no\/such\.crt/);
  });
});
