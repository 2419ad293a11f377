// The engine Postgres: databases of one server, ours or the one that the variables of the tests name.
import pg from 'pg';
import { postgresServer } from '../../dist/src/testing/index.js';
import { timed } from './project.mjs';

const prefix = `kill_proof_${process.pid}_`;

/** Databases by name. */
export async function postgres() {
  const server = await postgresServer();
  if ('missing' in server) throw new Error(`no Postgres: ${server.missing}`);
  const { host, port, user, password } = server;
  const admin = await connected(server, server.database);
  const made = new Set();
  const make = async (name, more = '') => {
    made.add(name);
    await admin.query(`drop database if exists ${prefix}${name} with (force)`);
    await admin.query(`create database ${prefix}${name} ${more}`);
  };
  await make('base');
  return {
    output: { type: 'postgres', host, port, user, password, dbname: "{{ env_var('KILL_DB') }}", schema: 'shop' },
    address: (name) => prefix + name,
    copy: (from, to) => make(to, `template ${prefix}${from}`),
    contents: (name) => contents(server, prefix + name),
    /** A table that is replaced takes the views on it along, as with dbt: they come back when it is their turn. */
    losesViews: true,
    /** Milliseconds until no connection of the killed build is left; it must not take for ever. */
    orphans: async (name) => {
      const started = performance.now();
      for (;;) {
        const { rows } = await admin.query('select 1 from pg_stat_activity where datname = $1', [prefix + name]);
        const waited = performance.now() - started;
        if (rows.length === 0) return waited;
        if (waited > 60_000) throw new Error('a connection of the killed build is still there after a minute');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    stop: async () => {
      for (const name of made) await admin.query(`drop database if exists ${prefix}${name} with (force)`);
      await admin.end();
      await server.stop();
    },
  };
}

async function connected({ host, port, user, password }, database) {
  const client = new pg.Client({ host, port, user, password, database });
  await client.connect();
  return client;
}

/** Rows and hash of every relation, without the columns that hold the time of the run. */
async function contents(server, database) {
  const client = await connected(server, database);
  const read = async (sql) => (await client.query({ text: sql, rowMode: 'array' })).rows;
  const found = {};
  const relations = await read(
    `select n.nspname, c.relname, c.relkind = 'v', array_agg(a.attname::text order by a.attnum) from pg_class c
     join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped
       and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
     group by 1, 2, 3 order by 1, 2`,
  );
  for (const [schema, name, isView, columns] of relations) {
    const shown = columns.filter((c) => !timed.has(c)).map((c) => `"${c}"::text`);
    if (columns.includes('dbt_valid_to')) shown.push('(dbt_valid_to is null)::text');
    const [[rows, hash]] = await read(
      `select count(*), sum(hashtextextended(concat_ws('|', ${shown.join(', ')}), 0)) from "${schema}"."${name}"`,
    );
    found[`${schema}.${name}`] = `${isView ? 'a view of ' : ''}${rows} rows, ${hash}`;
  }
  await client.end();
  return found;
}
