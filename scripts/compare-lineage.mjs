// Holds our column lineage against that of sqlglot's schema-aware `lineage()`: for every output column of every query the set
// of (table, column) that it comes from.
//
//   node scripts/compare-lineage.mjs --python VENV/bin/python [--tpc CLONE] [--to DIALECT,…] [--most N] [--verbose] [FOLDER …]
//
// FOLDER is a project with manifest.json and catalog.json in its target folder (build it, then `docs generate`), or a folder of
// SQL files with a schema.json ({table: {column: type}}); without one it is over the tables of TPC-DS. `--tpc` names a clone of
// sqlglot's repository, whose tests have TPC-H and TPC-DS. PYTHON (or XFORM_SQLGLOT_PYTHON) is one that has sqlglot 30.
// `--to` has sqlglot say the queries of FOLDERs in other dialects, too: what is said of those is held against its answers
// for the original. `--most` takes so many queries of each corpus.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { analyseQuery } from '../dist/src/sql/analysis.js';
import { corpusOf, tpcCorpora } from './lineage/corpora.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: process.env.XFORM_SQLGLOT_PYTHON },
    tpc: { type: 'string' },
    to: { type: 'string' },
    most: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
if (!values.python) throw new Error('Say which Python has sqlglot: --python FILE, or XFORM_SQLGLOT_PYTHON');

/** sqlglot, in a process of its own: one question a line, one answer a line. */
function sqlglot(python) {
  const file = path.join(path.dirname(fileURLToPath(import.meta.url)), 'lineage', 'sqlglot_lineage.py');
  const child = spawn(python, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${python} ended: has it got sqlglot?`);
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}

const lower = (text) => text.toLowerCase();
const pair = (table, column) => `${lower(table)}.${lower(column)}`;

/** Our answer: edges of each column, and how long it took. */
function ours(sql, dialect, tables) {
  const started = performance.now();
  const { columns, rest } = analyseQuery({ sql, dialect, tables });
  const took = performance.now() - started;
  return { columns, rest, took };
}

/** Our column for one of theirs. sqlglot gives a name to what has none, so that these are found by their place. */
function matching({ columns }, name, place, count) {
  const named = columns.find((one) => one.name !== null && lower(one.name) === lower(name));
  return named ?? (columns.length === count && columns[place].name === null ? columns[place] : undefined);
}

/** Columns that decide on what a subquery gives: an influence and no value, which sqlglot does not follow. */
const SUBQUERY = 'we have more: what a scalar subquery is filtered, joined or grouped by';
const influence = new Set(['filter', 'join', 'group', 'order']);

/** Why two answers for a column are not the same; undefined where they are. */
function difference(theirs, mine, rest, sql) {
  if (!mine) return rest.length ? `we do not know the column (${rest[0]})` : 'we have no such column';
  const wanted = new Set(theirs.map(([table, column]) => pair(table, column)));
  const have = new Map(mine.edges.map(({ table, column, kinds }) => [pair(table, column), kinds]));
  const missing = [...wanted].filter((one) => !have.has(one));
  const more = [...have].filter(([one]) => !wanted.has(one));
  if (missing.length === 0 && more.length === 0) return undefined;
  if (mine.unknown) return `we say that not all is known: ${mine.unknown}`;
  if (missing.length === 0 && more.every(([, kinds]) => kinds.every((kind) => influence.has(kind)))) return SUBQUERY;
  if (wanted.size === 0) return 'sqlglot knows of no origin';
  if (missing.length > 0 && missing.every((one) => one.endsWith('.*'))) return 'sqlglot says * of an unknown table';
  if (missing.length === 0 && /\bwith\s+recursive\b/i.test(sql))
    return 'we have more: what a recursive CTE passes from column to column';
  const said = (list) => list.slice(0, 6).join(', ') || 'nothing';
  return `we lack ${said(missing)} and have besides ${said(more.map(([one, kinds]) => `${one} (${kinds.join('+')})`))}`;
}

function reportOf(title, { queries, columns, equal, unasked, differences, times }, verbose) {
  const sorted = times.toSorted((a, b) => a - b);
  const share = (count) => `${((100 * count) / Math.max(1, columns)).toFixed(2)} %`;
  const asValues = equal + differences.filter(({ reason }) => reason === SUBQUERY).length;
  console.log(
    `${title}: ${queries} queries, ${columns} columns, ${equal} equal (${share(equal)}; ` +
      `${share(asValues)} where only values count), ${columns - equal} different; ` +
      `ours ${sorted[sorted.length >> 1]?.toFixed(1)} ms in the median, ${sorted.at(-1)?.toFixed(0)} ms at most`,
  );
  if (unasked.length) console.log(`  ${unasked.length} queries of which sqlglot says nothing: ${reasons(unasked)}`);
  const byReason = Map.groupBy?.(differences, ({ reason }) => reason) ?? grouped(differences);
  for (const [reason, all] of [...byReason].sort((a, b) => b[1].length - a[1].length)) {
    const where = all.map(({ query, column }) => `${query}.${column}`);
    console.log(`  ${all.length}: ${reason} — ${verbose ? where.join(', ') : where[0]}`);
  }
}

function grouped(differences) {
  const groups = new Map();
  for (const one of differences) groups.set(one.reason, [...(groups.get(one.reason) ?? []), one]);
  return groups;
}

const reasons = (unasked) =>
  [...new Set(unasked.map(({ name, error }) => `${name}: ${error.slice(0, 100)}`))].slice(0, 5).join('; ');

const blankTally = () => ({ queries: 0, columns: 0, equal: 0, unasked: [], differences: [], times: [] });
const total = blankTally();

/** Compares one corpus in its own dialect and, as sqlglot says it, in others. */
async function compare(corpus, other, dialects, verbose) {
  const { dialect } = corpus;
  const queries = corpus.queries.slice(0, values.most === undefined ? undefined : Number(values.most));
  const tables = corpus.tables.map(({ name, columns }) => ({
    key: name.join('.'),
    name,
    columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
  }));
  const mentioned = (sql) => {
    const text = lower(sql);
    return tables.filter(({ name }) => text.includes(lower(name.at(-1))));
  };
  /** The table that is meant where the query leaves its database or schema out. */
  const whole = (table) => {
    const ends = tables.filter(({ key }) => lower(key).endsWith(`.${lower(table)}`));
    return ends.length === 1 ? ends[0].key : table;
  };
  await other.ask({ schema: corpus.tables, dialect });
  const tallies = new Map([dialect, ...dialects.filter((one) => one !== dialect)].map((one) => [one, blankTally()]));
  for (const { name, sql } of queries) {
    const { columns: theirs, error } = await other.ask({ lineage: sql });
    for (const [to, tally] of tallies) {
      if (error) {
        if (to === dialect) tally.unasked.push({ name, error });
        continue;
      }
      const text = to === dialect ? { sql } : await other.ask({ transpile: sql, to });
      if (text.error) {
        tally.unasked.push({ name, error: text.error });
        continue;
      }
      const mine = ours(text.sql, to, mentioned(text.sql));
      tally.times.push(mine.took);
      tally.queries++;
      for (const [place, [column, edges]] of theirs.entries()) {
        tally.columns++;
        const origins = edges.map(([table, from]) => [whole(table), from]);
        const reason = difference(origins, matching(mine, column, place, theirs.length), mine.rest, sql);
        if (reason === undefined) tally.equal++;
        else tally.differences.push({ query: name, column, reason });
      }
    }
  }
  for (const [to, tally] of tallies) {
    for (const field of ['queries', 'columns', 'equal']) total[field] += tally[field];
    for (const field of ['unasked', 'differences', 'times']) total[field].push(...tally[field]);
    reportOf(to === dialect ? `${corpus.name} (${dialect})` : `${corpus.name} as ${to}`, tally, verbose);
  }
}

const other = sqlglot(values.python);
const tpc = values.tpc ? tpcCorpora(values.tpc) : [];
// The first query has the parser made ready, which is not the query's own time.
analyseQuery({ sql: 'select 1', dialect: 'duckdb', tables: [] });
for (const corpus of tpc) await compare(corpus, other, [], values.verbose);
const dialects = values.to?.split(',') ?? [];
for (const folder of positionals) await compare(corpusOf(folder, tpc.at(-1)?.tables), other, dialects, values.verbose);
reportOf('in all', total, false);
other.close();
