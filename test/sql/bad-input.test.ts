import { afterAll, describe, expect, it } from 'vitest';
import { analyseQuery, type NamedTable, type QueryAnalysis } from '../../src/sql/analysis.ts';
import { Analyst, type DialectName, dialects } from '../../src/sql/index.ts';

const tables: readonly NamedTable[] = [
  { key: 't', name: ['t'], columns: ['id', 'a', 'b'].map((name) => ({ name, type: null })) },
];
const many = (count: number, part: (i: number) => string, between: string): string =>
  Array.from({ length: count }, (_, i) => part(i)).join(between);

/** What cannot be read, and what is said of it. */
const unreadable: readonly (readonly [string, string, RegExp])[] = [
  ['nothing', '', /^there is no query in it$/],
  ['comments alone', '-- select 1\n/* select 2 */', /^there is no query in it$/],
  ['no query', 'drop table t', /^there is no query in it$/],
  ['binary', String.fromCharCode(...Array.from({ length: 500 }, (_, i) => (i * 7919) % 256)), /\\u00|Unexpected/],
  ['zeros', '\0'.repeat(1000), /\\u0000/],
  ['half of a statement', 'select id, case when a > 1 then', /\S/],
  ['a text that does not end', "select id, 'abc from t", /Unterminated string/],
  ['a bracket that does not end', 'select a from (select a from t', /\S/],
  ['a thousand brackets', `select ${'('.repeat(1000)}1${')'.repeat(1000)}`, /^it is nested more than \d+ deep$/],
  ['a thousand calls', `select ${'coalesce('.repeat(1000)}a${', 1)'.repeat(1000)} from t`, /nested more than \d+ deep/],
  ['subqueries in subqueries', `${'select * from ('.repeat(200)}t${') x'.repeat(200)}`, /nested more than \d+ deep/],
  [
    'ten thousand operators',
    `select ${many(10_000, () => 'a', ' + ')} from t`,
    /^it has more than \d+ operators in a row$/,
  ],
  ['a thousand unions', many(1000, () => 'select a from t', ' union all '), /more than \d+ operators in a row/],
  ['more than a megabyte', `select ${'1 + '.repeat(400_000)}1`, /^it has more than 1000000 characters$/],
];

/** What is large and can be read all the same. */
const large: readonly (readonly [string, string])[] = [
  ['ten thousand values of IN', `select a from t where b in (${many(10_000, String, ', ')})`],
  ['a text of nearly a megabyte', `select '${'x'.repeat(999_000)}' as x, a from t`],
  ['a thousand conditions', `select a from t where ${many(1000, (i) => `b <> ${i}`, ' and ')}`],
  ['a thousand branches of CASE', `select case ${many(1000, (i) => `when b = ${i} then a`, ' ')} end as x from t`],
  [
    'hundreds of CTEs',
    `with ${many(300, (i) => `x${i} as (select a from ${i ? `x${i - 1}` : 't'})`, ', ')} select a from x299`,
  ],
];

// In threads, as everywhere: the parser needs more stack than a thread has by itself.
const analyst = new Analyst();
afterAll(() => analyst.close());

describe.each(dialects)('bad input in %s', (dialect) => {
  it.each(unreadable)('%s: nothing is known, and why is said', async (_, sql, reason) => {
    const { columns, rest, problems } = await analyst.analyse({ sql, dialect, tables });
    expect(columns).toEqual([]);
    expect(rest).toEqual([expect.stringMatching(reason)]);
    for (const { code, severity } of problems) expect([code, severity]).toEqual(['XF3001', 'warning']);
  });

  it.each(large)('%s: known', async (_, sql) => {
    const { columns, rest, problems } = await analyst.analyse({ sql, dialect, tables });
    expect(rest).toEqual([]);
    expect(problems).toEqual([]);
    expect(columns.at(-1)!.edges).toContainEqual(expect.objectContaining({ table: 't', column: 'a' }));
  });
});

describe.each<DialectName>(['bigquery', 'spark', 'databricks'])('bad input with pipes in %s', (dialect) => {
  it.each([
    ['nothing after a pipe', 'from t |> select a |>', 'there is nothing after |>'],
    ['nothing before it', '|> select a', 'there is no query before |>'],
    ['thousands of pipes', `from t ${'|> '.repeat(10_000)}`, 'there is nothing after |>'],
    ['no query before it', '1 + 1 |> select a', 'there is no query before |>'],
  ])('%s', (_, sql, reason) => {
    expect(analyseQuery({ sql, dialect, tables })).toMatchObject({ columns: [], rest: [reason] });
  });
});

describe('threads', () => {
  const query = { sql: 'select a from t', dialect: 'duckdb', tables } as const;
  const isKnown = ({ columns }: QueryAnalysis): boolean => columns.length === 1;

  it('are replaced where the analysis breaks off', async () => {
    const { rest, problems } = await analyst.analyse({ ...query, tables: undefined as never });
    expect(rest).toEqual([expect.stringMatching(/^the analysis broke off/)]);
    expect(problems).toMatchObject([{ code: 'XF3001' }]);
    expect(isKnown(await analyst.analyse(query))).toBe(true);
  });

  it('are replaced where a query takes too long', async () => {
    const hasty = new Analyst(undefined, 400);
    const sql = `select a from t where ${many(30_000, (i) => `b <> ${i}`, ' and ')}`;
    const [{ rest }, next] = await Promise.all([hasty.analyse({ ...query, sql }), hasty.analyse(query)]);
    expect(rest).toEqual(['it took longer than 0.4 seconds']);
    expect(isKnown(next)).toBe(true);
    await hasty.close();
  });
});
