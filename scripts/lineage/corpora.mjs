// Queries with the columns of the tables that they read, from built projects and from folders of SQL.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The models of a project that are in the warehouse, over the columns that `docs generate` found there. */
function projectCorpus(folder) {
  const target = path.join(folder, 'target');
  const catalogFile = path.join(target, 'catalog.json');
  if (!existsSync(catalogFile))
    throw new Error(`No catalog.json in ${target}: run \`xform docs generate\` there first`);
  const manifest = readJson(path.join(target, 'manifest.json'));
  const catalog = readJson(catalogFile);
  const tables = Object.values({ ...catalog.sources, ...catalog.nodes }).map(({ metadata, columns }) => ({
    name: [metadata.database, metadata.schema, metadata.name].filter((part) => part !== null),
    columns: Object.fromEntries(
      Object.values(columns)
        .sort((a, b) => a.index - b.index)
        .map(({ name, type }) => [name, type]),
    ),
  }));
  const queries = Object.values(manifest.nodes)
    .filter(
      ({ resource_type: type, compiled_code: sql, unique_id: id }) => type === 'model' && sql && catalog.nodes[id],
    )
    .map(({ name, compiled_code: sql }) => ({ name, sql }));
  const { project_name: name, adapter_type: dialect } = manifest.metadata;
  return { name, dialect, tables, queries };
}

/** `{{ source('a', 'b') }}` and `{{ ref('b') }}` as plain names. */
const plain = (sql) => sql.replace(/\{\{\s*(?:ref|source)\((?:'[^']*',\s*)?'([^']*)'\)\s*\}\}/g, '$1');

function* sqlFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sqlFiles(file);
    else if (entry.name.endsWith('.sql')) yield file;
  }
}

/** A folder of SQL files over the tables of its schema.json, or over those that are given. */
function folderCorpus(folder, given) {
  const file = path.join(folder, 'schema.json');
  const tables = existsSync(file) ? namedTables(readJson(file)) : given;
  if (!tables) throw new Error(`Neither target/manifest.json nor schema.json in ${folder}: which tables are there?`);
  const queries = [...sqlFiles(folder)].map((one) => ({
    name: path.basename(one, '.sql'),
    sql: plain(readFileSync(one, 'utf8')),
  }));
  return { name: path.basename(folder), dialect: 'duckdb', tables, queries };
}

const namedTables = (schema) => Object.entries(schema).map(([name, columns]) => ({ name: [name], columns }));

/** The queries of TPC-H and TPC-DS, from the tests in a clone of sqlglot's repository. */
export function tpcCorpora(clone) {
  const show = (file) => {
    const done = spawnSync('git', ['-C', clone, 'show', `HEAD:${file}`], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`git show ${file}: ${done.stderr.trim()}`);
    return done.stdout;
  };
  const helpers = show('tests/helpers.py');
  return ['TPC-H', 'TPC-DS'].map((name) => {
    const [, schema] = new RegExp(`^${name.replace('-', '')}_SCHEMA = (\\{$.*?^\\})`, 'ms').exec(helpers) ?? [];
    if (!schema) throw new Error(`No schema of ${name} in ${clone}`);
    const file = name.toLowerCase();
    const queries = show(`tests/fixtures/optimizer/${file}/${file}.sql`)
      .split(new RegExp(`^-- (?=${name} \\d+)`, 'm'))
      .slice(1)
      .map((block) => {
        const [title, ...lines] = block.split('\n');
        // Each query is followed by what sqlglot's optimizer makes of it.
        const [sql] = lines
          .filter((line) => !/^(--|#)/.test(line))
          .join('\n')
          .split(';');
        return { name: title, sql };
      });
    return { name, dialect: 'duckdb', tables: namedTables(JSON.parse(schema.replace(/,(?=\s*\})/g, ''))), queries };
  });
}

/** The corpus in a folder; `tables` are those of a folder that has no schema of its own. */
export const corpusOf = (folder, tables) =>
  existsSync(path.join(folder, 'target', 'manifest.json')) ? projectCorpus(folder) : folderCorpus(folder, tables);
