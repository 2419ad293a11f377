import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/adapter/index.ts';
import { emptyTable, type TableValue, tableOf, withoutTimestamps } from '../../src/builtins/table.ts';
import { PyDict, type PyFunction, type PyObject, type Runtime, repr, str, type Value } from '../../src/jinja/index.ts';

const table = (columns: Record<string, Cell[]>, print?: (text: string) => void): TableValue => {
  const names = Object.keys(columns);
  const size = names.length ? columns[names[0]!]!.length : 0;
  const rows = Array.from({ length: size }, (_, row) => names.map((name) => columns[name]![row]!));
  return tableOf({ columns: names.map((name) => ({ name, dataType: '' })), rows }, print);
};
const runtime = {
  call: (callee: Value, args: Value[]) => (callee as PyFunction).plain!(args, null, runtime),
} as unknown as Runtime;
const call = (owner: Value, method: string, ...args: Value[]): Value =>
  ((owner as PyObject).getAttr(method) as PyFunction).plain!(args, null, runtime);
const attr = (owner: Value, name: string): PyObject => (owner as PyObject).getAttr(name) as PyObject;
const one = (...cells: Cell[]): string => {
  const made = table({ a: cells });
  return `${made.columnTypes[0]} ${made.rows.map((row) => repr(row[0]!)).join(' ')}`;
};

describe('types of a table', () => {
  // What dbt's table_from_data_flat gave for the Python values that DuckDB's driver has for these.
  it('are those that dbt gives', () => {
    expect(one(1, 2)).toBe('Integer 1 2');
    expect(one(null, null)).toBe('Integer None None');
    expect(one(1, { decimal: '2.50' })).toBe("Number Decimal('1') Decimal('2.50')");
    expect(one(1.5, { float: 2 })).toBe("Number Decimal('1.5') Decimal('2.0')");
    expect(one(Number.NaN)).toBe("Number Decimal('NaN')");
    expect(one({ float: 1e22 })).toBe("Number Decimal('1E+22')");
    expect(one(100000000000000000000n)).toBe('Integer 100000000000000000000');
    expect(one('1', '2')).toBe("Text '1' '2'");
    expect(one('x', null)).toBe("Text 'x' None");
    expect(one('', 'null')).toBe("Text '' 'null'");
    expect(one(true, null)).toBe('Boolean True None');
    expect(one({ date: '2024-01-01' })).toBe('Date datetime.date(2024, 1, 1)');
    expect(one({ timestamp: '2024-01-01T02:03:04.000005', zoned: false })).toBe(
      'DateTime datetime.datetime(2024, 1, 1, 2, 3, 4, 5)',
    );
    expect(one({ timestamp: '2024-07-01T08:00:00-04:00', zoned: true })).toContain('timedelta(days=-1, seconds=72000)');
    expect(one({ time: '01:02:03' }, { time: '01:02:03.5' })).toBe("Text '01:02:03' '01:02:03.500000'");
    expect(one({ json: '[1, 2.5]' })).toBe("Text '[1, 2.5]'");
    expect(one(new Uint8Array([97, 98]))).toBe(`Text "b'ab'"`);
  });
});

describe('a table', () => {
  const people = table({ id: [1, 2], name: ['ann', null], amt: [{ decimal: '1.50' }, { decimal: '20.255' }] });

  it('has rows that are read by number and by name', () => {
    const rows = attr(people, 'rows');
    const first = rows.getItem(0) as PyObject;
    expect([first.getItem(1), first.getItem('id'), first.getItem(-2), first.getItem('nope')]).toEqual([
      'ann',
      1,
      'ann',
      undefined,
    ]);
    expect(repr(first)).toBe("<agate.Row: (1, 'ann', Decimal('1.50'))>");
    expect(repr(call(first, 'keys'))).toBe("('id', 'name', 'amt')");
    expect(repr(call(first, 'dict'))).toBe("{'id': 1, 'name': 'ann', 'amt': Decimal('1.50')}");
    expect(str(call(first, 'get', 'id'))).toBe('1');
    expect(first.equals([1, 'ann', first.getItem(2)!])).toBe(true);
    expect([people.size(), rows.size!(), call(rows, 'keys')]).toEqual([2, 2, null]);
    expect([...people.iterate()].map((row) => (row as PyObject).getItem(0))).toEqual([1, 2]);
  });

  it('has columns that are read by number and by name', () => {
    const columns = attr(people, 'columns');
    expect(repr(columns.getItem('name')!)).toBe("<agate.Column: ('ann', None)>");
    expect(repr(call(columns.getItem(0)!, 'values'))).toBe('(1, 2)');
    expect((columns.getItem(1) as PyObject).getAttr('name')).toBe('name');
    expect(repr(call(columns.getItem('name')!, 'values_without_nulls'))).toBe("('ann',)");
    expect(repr(people.getAttr('column_names')!)).toBe("('id', 'name', 'amt')");
    expect(repr(columns)).toContain('<agate.MappedSequence: (<agate.Column: (1, 2)>,');
    expect(repr(call(table({ a: [3, 1, null, 3] }).getAttr('columns')!, 'values') as Value)).toContain('3, 1, None, 3');
    const values = attr(table({ a: [3, 1, null, 3] }), 'columns').getItem(0)!;
    expect(repr(call(values, 'values_distinct'))).toBe('(3, 1, None)');
    expect(repr(call(values, 'values_sorted'))).toBe('[1, 3, 3, None]');
  });

  it('is cut, sorted and renamed', () => {
    const names = (value: Value): readonly string[] => (value as TableValue).columnNames;
    expect(names(call(people, 'select', ['amt', 'id']))).toEqual(['amt', 'id']);
    expect(names(call(people, 'exclude', 'amt'))).toEqual(['id', 'name']);
    expect(names(call(people, 'rename', new PyDict([['id', 'x']])))).toEqual(['x', 'name', 'amt']);
    expect((call(people, 'limit', 1) as TableValue).rows).toHaveLength(1);
    expect((call(people, 'order_by', 'id', true) as TableValue).rows[0]![0]).toBe(2);
    expect((call(table({ a: [1, 1, 2] }), 'distinct') as TableValue).rows).toEqual([[1], [2]]);
    expect(() => call(people, 'select', ['nope'])).toThrow('the table has the columns id, name, amt');
  });

  it('tells columns of the same name apart', () => {
    const columns = ['a', 'a', 'a'].map((name) => ({ name, dataType: '' }));
    expect(tableOf({ columns, rows: [[1, 2, 3]] }).columnNames).toEqual(['a', 'a_2', 'a_3']);
  });

  it('prints as agate does', () => {
    const printed: string[] = [];
    const shown = table(
      { id: [1, 2], name: ['ann', null], amt: [{ decimal: '1.50' }, { decimal: '20.255' }] },
      (text) => printed.push(text),
    );
    call(shown, 'print_table');
    call(shown, 'print_csv');
    expect(printed[0]).toBe(
      ['| id | name |    amt |', '| -- | ---- | ------ |', '|  1 | ann  |  1.500 |', '|  2 |      | 20.255 |'].join(
        '\n',
      ),
    );
    expect(printed[1]).toBe('id,name,amt\n1,ann,1.50\n2,,20.255');
    expect(str(people)).toBe(
      '| column | data_type |\n| ------ | --------- |\n| id     | Integer   |\n| name   | Text      |\n| amt    | Number    |\n',
    );
  });

  it('prints no more than asked, rounded to three places', () => {
    const lines = (columns: Record<string, Cell[]>, ...limits: Value[]): string[] => {
      const printed: string[] = [];
      call(
        table(columns, (text) => printed.push(text)),
        'print_table',
        ...limits,
      );
      return printed[0]!.split('\n').slice(2);
    };
    const decimals = (...texts: string[]): Cell[] => texts.map((decimal) => ({ decimal }));
    expect(lines({ a: decimals('3.1419', '2.5') })).toEqual(['| 3.142… |', '| 2.500… |']);
    expect(lines({ a: decimals('2.0005', '2.0015', '-0.9999') })).toEqual([
      '|  2.000… |',
      '|  2.002… |',
      '| -1.000… |',
    ]);
    expect(lines({ a: decimals('1234567.5', '0.5') })).toEqual(['| 1,234,567.5 |', '|         0.5 |']);
    expect(lines({ a: [1, 2, 3], b: ['x', 'y', 'z'] }, 1)).toEqual(['| 1 | x |', '| ... | ... |']);
    expect(lines({ a: [1], b: [2], c: ['x'.repeat(30)] }, null, 2)).toEqual(['| 1 | 2 | ... |']);
    expect(lines({ a: ['x'.repeat(30)] })).toEqual([`| ${'x'.repeat(17)}... |`]);
  });

  it('may be empty', () => {
    expect([emptyTable().size(), emptyTable().columnNames]).toEqual([0, []]);
    expect(str(call(table({}), 'limit', 3))).toContain('column');
  });

  it('shows timestamps as text where asked', () => {
    const made = withoutTimestamps(table({ at: [{ timestamp: '2024-01-01T00:00:00', zoned: false }] }));
    expect([made.columnTypes, made.rows]).toEqual([['Text'], [['2024-01-01 00:00:00']]]);
  });
});
