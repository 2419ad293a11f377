// Makes a runnable copy of a recorded project in an empty folder: its files and packages at the recorded commits, data, profile.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';

/** The folder of a mirror: `owner+name`, either the git directory itself or one that holds it as `repo`. */
function mirrorOf(mirrors, repository) {
  const folder = path.join(mirrors, repository.replace('/', '+'));
  for (const candidate of [path.join(folder, 'repo'), path.join(folder, '.git'), folder]) {
    if (existsSync(path.join(candidate, 'HEAD'))) return candidate;
  }
  throw new Error(
    `No copy of ${repository} in ${mirrors}: make one there with \`git clone --bare\` as ${repository.replace('/', '+')}`,
  );
}

const absentBlob = /^error: unable to read sha1 file of /;

/** Runs git; lines on stderr that match `harmless` are no reason to stop. */
function git(args, env, harmless) {
  const done = spawnSync('git', args, { env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.error) throw done.error;
  const complaints = done.stderr.split('\n').filter((line) => line.trim() !== '' && !harmless?.test(line));
  if (done.status !== 0 && (complaints.length > 0 || harmless === undefined)) {
    throw new Error(`git ${args.slice(-4).join(' ')}: ${done.stderr.trim()}`);
  }
}

/**
 * Writes the files of one commit, or of one folder in it, without touching the mirror. Blobs that the mirror lacks (partial
 * copies leave out the largest) are passed over: projects.json says what data takes their place.
 */
function checkOut(gitDir, commit, target, subfolder = '') {
  mkdirSync(target, { recursive: true });
  const index = `${target.replace(/[\\/]+$/, '')}.index`;
  const env = { GIT_DIR: gitDir, GIT_INDEX_FILE: index, GIT_WORK_TREE: target };
  try {
    git(['-c', 'core.bare=false', 'read-tree', subfolder === '' ? commit : `${commit}:${subfolder}`], env);
    git(['-c', 'core.bare=false', '-c', 'core.autocrlf=false', 'checkout-index', '--all', '--force'], env, absentBlob);
  } finally {
    rmSync(index, { force: true });
  }
}

/** A top-level value of dbt_project.yml. Enough for plain scalars, which is all that is read here. */
function projectSetting(project, key) {
  const text = readFileSync(path.join(project, 'dbt_project.yml'), 'utf8');
  const found = new RegExp(`^${key}\\s*:\\s*["']?([^"'#\\r\\n]+?)["']?\\s*(#.*)?$`, 'm').exec(text);
  return found?.[1];
}

function placePackages(packages, mirrors, project) {
  const folder = path.join(project, projectSetting(project, 'packages-install-path') ?? 'dbt_packages');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const entry of packages) {
    const target = path.join(folder, entry.name);
    if (entry.local) symlinkSync(path.resolve(project, entry.local), target, 'junction');
    else checkOut(mirrorOf(mirrors, entry.repo), entry.commit, target);
  }
  lockPackages(packages, project);
}

/** dbt compares the folders it finds with what packages.yml names, which leaves out packages of packages; a lock file names all. */
function lockPackages(packages, project) {
  const entries = packages.map((entry) =>
    entry.local
      ? { local: entry.local, name: entry.name }
      : { package: entry.key, version: entry.ref, name: entry.name },
  );
  writeFileSync(path.join(project, 'package-lock.yml'), `${JSON.stringify({ packages: entries }, null, 2)}\n`);
}

/** Supplies the data that projects.json asks for in words; the two forms there are. */
async function supplyData(wanted, { oracle, project, database }) {
  if (wanted === undefined) return;
  const copied = /^copy oracle\/(\S+)\/\*\.csv into (\S+)$/.exec(wanted);
  if (copied) {
    const [, from, into] = copied;
    mkdirSync(path.join(project, into), { recursive: true });
    for (const file of readdirSync(path.join(oracle, from)).filter((f) => f.endsWith('.csv'))) {
      copyFileSync(path.join(oracle, from, file), path.join(project, into, file));
    }
    return;
  }
  const loaded = /schema (\w+) in \S+, one table per (\S+)\/\*\.csv, .* first (\d+) and last (\d+) characters/.exec(
    wanted,
  );
  if (!loaded) throw new Error(`Do not know how to supply data: ${wanted}`);
  const [, schema, from, first, last] = loaded;
  mkdirSync(path.dirname(database), { recursive: true });
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  await connection.run(`create schema if not exists ${schema}`);
  for (const file of readdirSync(path.join(project, from)).filter((f) => f.endsWith('.csv'))) {
    const csv = path.join(project, from, file).replaceAll("'", "''");
    await connection.run(
      `create table ${schema}.${file.slice(Number(first), -Number(last))} as from read_csv('${csv}')`,
    );
  }
  connection.closeSync();
  instance.closeSync();
}

/** Does what projects.json wants done before the first step: SQL files that are given to psql. */
async function prepare(commands, { project, server, database }) {
  for (const command of commands) {
    const [, file] = /^psql .*-f (\S+)$/.exec(command) ?? [];
    if (file === undefined) throw new Error(`Do not know how to do: ${command}`);
    const { host, port, user, password } = server;
    const client = new pg.Client({ host, port, user, password, database });
    await client.connect();
    try {
      await client.query(readFileSync(path.join(project, file), 'utf8'));
    } finally {
      await client.end();
    }
  }
}

/** An empty database of the name that was recorded, and the profile's output for it. */
async function postgresOutput({ host, port, user, password }, name) {
  const dbname = `x_${name.replaceAll('-', '_')}`;
  const client = new pg.Client({ host, port, user, password, database: 'postgres' });
  await client.connect();
  await client.query(`drop database if exists "${dbname}"`);
  await client.query(`create database "${dbname}"`);
  await client.end();
  return { host, port, user, password, dbname, schema: 'public' };
}

/** Outputs of warehouses that nothing connects to: the names that relations were recorded with, and what dbt insists on. */
const parsedOutputs = {
  bigquery: { method: 'oauth', project: 'p', dataset: 'd' },
  snowflake: { account: 'a', user: 'u', password: 'secret', database: 'analytics', schema: 'dbt' },
};

/** The output of the profile that a project is read or run with. */
async function outputFor({ setup, recorded }, folder, server) {
  const warehouse = server
    ? await postgresOutput(server, recorded.name)
    : (parsedOutputs[recorded.adapter] ?? { path: path.join(folder, 'wh.duckdb'), schema: 'main' });
  return { type: recorded.adapter, threads: 4, ...warehouse, ...setup.output };
}

/** Sets the project up below `folder`; returns where it lies and how to run it. `server` is a Postgres, for those that need it. */
export async function materialize(record, { mirrors, oracle, folder, server }) {
  const { setup, recorded } = record;
  const mirror = mirrorOf(mirrors, recorded.repo);
  const subfolder = setup.subdir && setup.subdir !== '.' ? setup.subdir : '';
  const needsAll = recorded.packages.some((entry) => entry.local);
  const source = path.join(folder, 'src');
  checkOut(mirror, recorded.commit, source, needsAll ? '' : subfolder);
  const project = needsAll ? path.join(source, subfolder) : source;
  placePackages(recorded.packages, mirrors, project);

  // Tables that hold the target's name tell how it was called in the recording.
  const target = setup.target ?? (recorded.adapter === 'duckdb' ? 'dev' : recorded.adapter);
  const output = await outputFor(record, folder, server);
  const database = output.dbname ?? (output.path && path.resolve(project, output.path));
  if (output.path) mkdirSync(path.dirname(database), { recursive: true });
  const profiles = path.join(folder, 'profiles');
  mkdirSync(profiles);
  // JSON is YAML, and needs no writer.
  const profile = { [projectSetting(project, 'profile') ?? 'default']: { target, outputs: { [target]: output } } };
  writeFileSync(path.join(profiles, 'profiles.yml'), `${JSON.stringify(profile, null, 2)}\n`);
  await supplyData(setup.data, { oracle, project, database });
  await prepare(setup.pre ?? [], { project, server, database });
  return { project, profiles, target, database, server };
}
