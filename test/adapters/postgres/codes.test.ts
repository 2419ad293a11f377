// Codes of errors that take some doing to get.
import { describe, expect, it } from 'vitest';
import { adapter } from '../../../adapters/postgres/index.ts';
import type { DiagnosticError } from '../../../src/core/index.ts';
import { credentials, type Database, database, failure } from './fixture.ts';

const found = await database();
const db = found as Database;

describe.skipIf(typeof found === 'string')('the server refuses', () => {
  it('a statement in a transaction that has failed', async () => {
    const session = await db.session();
    await session.begin();
    await failure(session.execute('select 1 / 0'));
    expect((await failure(session.execute('select 1'))).code).toBe('XF6104');
    await session.rollback();
  });

  it('what the role may not do, and what is too much', async () => {
    const session = await db.session();
    await session.execute('drop role if exists xform_poor; create role xform_poor');
    const poor = await db.session({ role: 'xform_poor' });
    const refused = await failure(poor.execute('select * from pg_authid'));
    expect([refused.code, refused.help[0]]).toEqual(['XF6106', expect.stringContaining('The role `postgres` lacks')]);
    const columns = Array.from({ length: 1700 }, (_, i) => `c${i} integer`).join(', ');
    expect((await failure(session.execute(`create temp table wide (${columns})`))).code).toBe('XF6107');
    expect((await failure(session.execute("do $$ begin raise exception 'no'; end $$"))).code).toBe('XF6109');
  });

  it('connections it has no room for, and databases that take none', async () => {
    const session = await db.session();
    await session.execute(
      "drop role if exists xform_full; create role xform_full login password 'pw-full' connection limit 0",
    );
    expect((await failure(db.session({ user: 'xform_full', pass: 'pw-full' }))).code).toBe('XF6115');
    expect((await failure(db.session({ user: 'xform_full', pass: 'wrong' }))).code).toBe('XF6113');
    await session.execute('drop database if exists xform_shut');
    await session.execute('create database xform_shut allow_connections false');
    expect((await failure(db.session({ dbname: 'xform_shut' }))).code).toBe('XF6119');
    await session.execute('drop database xform_shut');
    await session.execute('drop role xform_full');
  });

  it.skipIf(!db.server?.own)('TLS where it has none, and certificates that are not there', async () => {
    expect((await failure(db.session({ sslmode: 'require' }))).code).toBe('XF6116');
    expect((await failure(db.session({ sslmode: 'verify-ca', sslrootcert: 'no/such.crt' }))).code).toMatch(/XF612[34]/);
    expect((await failure(db.session({ sslmode: 'verify-full' }))).code).toBe('XF6124');
    expect((await failure(db.session({ sslmode: 'require', sslcert: 'no.crt', sslkey: 'no.key' }))).code).toBe(
      'XF6123',
    );
  });
});

describe('methods of the adapter', () => {
  const known = credentials({
    type: 'postgres',
    host: 'h',
    user: 'u',
    pass: 'p',
    dbname: 'shop',
    schema: 's',
    port: 5432,
  });
  const code = (method: string, argument: unknown): string | undefined => {
    try {
      adapter.methods[method]!([argument], {}, known);
    } catch (error) {
      return (error as DiagnosticError).diagnostics[0]?.code;
    }
    return undefined;
  };

  it.each([5, {}, { columns: 'a' }, { columns: [1] }, { columns: ['a'], unique: 'x' }, { columns: ['a'], type: 5 }])(
    'take no index such as %j',
    (index) => expect(code('parse_index', index)).toBe('XF6131'),
  );

  it('take no other database', () => {
    expect(code('verify_database', 'SHOP')).toBeUndefined();
    expect(code('verify_database', 'other')).toBe('XF6132');
  });
});
