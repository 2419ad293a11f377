import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startPostgres } from '../../../src/testing/index.ts';
import { type Database, database, failure } from './fixture.ts';

const tls = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8');
const sslrootcert = 'test/fixtures/tls/ca.crt';

// Its own server in any case: these tests need TLS, and end it.
const found = await database(() =>
  startPostgres({
    settings: { ssl: 'on', ssl_cert_file: 'server.crt', ssl_key_file: 'server.key', max_connections: '20' },
    files: { 'server.crt': tls('server.crt'), 'server.key': tls('server.key') },
    access: [
      'hostnossl all plain_only 127.0.0.1/32 scram-sha-256',
      'hostssl all tls_only 127.0.0.1/32 scram-sha-256',
      'host all postgres 127.0.0.1/32 scram-sha-256',
    ],
  }),
);
const db = found as Database;
const missing = typeof found === 'string';

describe.skipIf(missing)('TLS', () => {
  const encrypted = async (more: Record<string, unknown>) => {
    const session = await db.session(more);
    const { rows } = await session.execute('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
    return rows[0]![0];
  };

  it('is used as far as sslmode asks for it', async () => {
    expect(await encrypted({})).toBe(true);
    expect(await encrypted({ sslmode: 'disable' })).toBe(false);
    expect(await encrypted({ sslmode: 'allow' })).toBe(false);
    expect(await encrypted({ sslmode: 'require' })).toBe(true);
    expect(await encrypted({ sslmode: 'verify-ca', sslrootcert })).toBe(true);
    expect(await encrypted({ sslmode: 'verify-full', sslrootcert, host: 'localhost' })).toBe(true);
  });

  it('falls back to the other way where the server insists on it', async () => {
    const admin = await db.session();
    await admin.execute(
      "create role plain_only login password 'pw-plain'; create role tls_only login password 'pw-tls'",
    );
    expect(await encrypted({ user: 'plain_only', pass: 'pw-plain' })).toBe(false);
    const mine = { user: 'tls_only', pass: 'pw-tls' };
    const session = await db.session({ ...mine, sslmode: 'allow' });
    expect((await session.execute('select 1')).rows).toEqual([[1]]);
    const refused = await failure(db.session({ ...mine, sslmode: 'disable' }));
    expect(refused.code).toBe('XF6113');
    expect(refused.help[0]).toContain('pg_hba.conf');
  });

  it('trusts no stranger', async () => {
    expect((await failure(db.session({ sslmode: 'verify-ca', sslrootcert: 'system' }))).code).toBe('XF6117');
    const wrongName = await failure(db.session({ sslmode: 'verify-full', sslrootcert }));
    expect(wrongName.code).toBe('XF6117');
    expect(wrongName.help[0]).toContain('verify-ca');
  });
});

describe.skipIf(missing)('a connection that cannot be made', () => {
  it('says why, and what to do', async () => {
    const password = await failure(db.session({ pass: 'not-the-password' }));
    expect([password.code, password.help[0]]).toEqual(['XF6113', 'Check `user` and `password` in the profile.']);
    expect(password.message).not.toContain('not-the-password');
    expect((await failure(db.session({ dbname: 'nowhere' }))).code).toBe('XF6114');
    expect((await failure(db.session({ host: 'no-such-host.invalid' }))).code).toBe('XF6111');
    expect((await failure(db.session({ port: 1 }))).code).toBe('XF6110');
  });

  it('gives up after connect_timeout', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const problem = await failure(db.session({ port, connect_timeout: 1 }));
    expect([problem.code, problem.message]).toEqual(['XF6112', `127.0.0.1:${port} did not answer within 1 seconds`]);
    silent.close();
  });
});

describe.skipIf(missing)('a server that goes away', () => {
  it('is told of, ends nothing, and is come back to', async () => {
    const [victim, admin] = [await db.session(), await db.session()];
    const pid = (await victim.execute('select pg_backend_pid()')).rows[0]![0];
    const running = failure(victim.execute('select pg_sleep(60)'));
    await admin.execute(`select pg_terminate_backend(${pid})`);
    expect(await running).toMatchObject({ code: 'XF6108', category: 'Database' });
    // Outside a transaction nothing was lost: the session connects anew.
    expect((await victim.execute('select 1')).rows).toEqual([[1]]);

    await victim.begin();
    const again = (await victim.execute('select pg_backend_pid()')).rows[0]![0];
    await admin.execute(`select pg_terminate_backend(${again})`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await failure(victim.execute('select 1'))).code).toBe('XF6108');
    await victim.rollback();
    expect((await victim.execute('select 1')).rows).toEqual([[1]]);
  });

  it('may crash', async () => {
    const warehouse = await db.warehouse();
    const session = await warehouse.session('test');
    const running = failure(session.execute('select pg_sleep(60)'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await db.server.kill();
    expect((await running).code).toBe('XF6108');
    expect((await failure(session.execute('select 1'))).code).toMatch(/^XF61(08|10)$/);
    await session.cancel();
    await warehouse.close();
  });
});
