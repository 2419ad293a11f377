import { describe, expect, it } from 'vitest';
import { failure, warehouse } from './fixture.ts';

const columns = [
  { name: 'id', dataType: 'integer' },
  { name: 'a "name"', dataType: 'text' },
  { name: 'amount', dataType: 'decimal(10,2)' },
  { name: 'at', dataType: 'timestamp' },
  { name: 'ok', dataType: 'boolean' },
];
const ddl = 'create table seed (id integer, "a ""name""" text, amount decimal(10,2), "at" timestamp, ok boolean)';
const relation = { database: 'memory', schema: 'main', identifier: 'seed' };
const row = (n: number): (string | null)[] => [
  String(n),
  n % 2 ? `n${n}` : '',
  `${n}.25`,
  '2024-01-01 00:00:00',
  n % 2 ? 'true' : 'False',
];

describe('load', () => {
  it('loads 200,000 rows in order and casts them', async () => {
    const db = await (await warehouse()).session('load');
    await db.execute(ddl);
    const rows = Array.from({ length: 200_000 }, (_, n) => row(n));
    await db.begin();
    expect(await db.load({ relation, columns, rows })).toBe(200_000);
    await db.commit();
    expect((await db.execute('select count(*), sum(id), max(amount) from seed')).rows).toEqual([
      [200_000, 19_999_900_000, { decimal: '199999.25' }],
    ]);
    expect((await db.execute('select id, ok from seed where rowid = 3000')).rows).toEqual([[3000, false]]);
    expect((await db.execute('select count(*) from duckdb_tables() where temporary')).rows).toEqual([[0]]);
  });

  it('tells null from empty text', async () => {
    const db = await (await warehouse()).session('load');
    await db.execute(ddl);
    await db.load({
      relation,
      columns,
      rows: [
        ['1', '', null, null, null],
        ['2', null, null, null, null],
      ],
    });
    expect((await db.execute('select "a ""name""" from seed order by id')).rows).toEqual([[''], [null]]);
  });

  it('names row and column of the first bad cell, in a transaction too', async () => {
    const db = await (await warehouse()).session('load');
    await db.execute(ddl);
    const rows = Array.from({ length: 5000 }, (_, n) => row(n));
    rows[4000]![0] = 'nought';
    rows[3000]![3] = 'yesterday';
    await db.begin();
    const found = await failure(db.load({ relation, columns, rows }));
    expect(found.code).toBe('XF6030');
    expect(found.data).toMatchObject({ row: 3001, column: 'at', value: 'yesterday', dataType: 'timestamp' });
    await db.rollback();
    expect((await db.execute('select count(*) from seed')).rows).toEqual([[0]]);
  });

  it('says what failed where it is not a cell', async () => {
    const db = await (await warehouse()).session('load');
    await db.execute('create table seed (id integer not null)');
    const found = await failure(db.load({ relation, columns: columns.slice(0, 1), rows: [['1'], [null]] }));
    expect(found.code).toBe('XF6004');
    expect(found.data.position).toBeUndefined();
  });
});
