import { describe, expect, it } from 'vitest';
import { adapter } from '../../adapters/duckdb/index.ts';
import type { Dialect } from '../../src/adapter/index.ts';
import { apiObject } from '../../src/builtins/api.ts';
import { ColumnValue, columnApi } from '../../src/builtins/column.ts';
import { RelationValue } from '../../src/builtins/relation.ts';
import type { DiagnosticError } from '../../src/core/index.ts';
import {
  type Kwargs,
  PyDict,
  type PyFunction,
  type Runtime,
  repr,
  str,
  Undefined,
  type Value,
} from '../../src/jinja/index.ts';

const duckdb = adapter.dialect;
/** A warehouse that says nothing of its own: dbt's defaults. */
const base: Dialect = {
  ...duckdb,
  relationName: undefined,
  columnName: undefined,
  requireAlias: undefined,
  structFields: undefined,
};

/** Calls a method as a template does. */
function call(owner: Value, method: string, args: Value[] = [], kwargs: Record<string, Value> = {}): Value {
  const named: Kwargs = new Map(Object.entries(kwargs));
  const found = (owner as RelationValue).getAttr(method) as PyFunction;
  return found.plain!(args, named, undefined as unknown as Runtime);
}

const names = { database: 'db', schema: 'sc', identifier: 'id', type: 'table' };
const relation = new RelationValue(duckdb, names);

describe('a relation that is used wrongly', () => {
  const code = (work: () => unknown): string | undefined => {
    try {
      work();
    } catch (error) {
      return (error as DiagnosticError).diagnostics[0]?.code;
    }
    return undefined;
  };
  it('says so with a code', () => {
    expect(code(() => call(relation, 'matches', [], {}))).toBe('XF2121');
    expect(code(() => call(relation, 'matches', ['DB', 'SC', 'ID']))).toBe('XF2120');
    const short: Dialect = { ...duckdb, maxIdentifierLength: 10 };
    expect(code(() => new RelationValue(short, { ...names, identifier: 'eleven_long' }))).toBe('XF2122');
  });
});

describe('a relation', () => {
  it('prints as in dbt', () => {
    expect([str(relation), repr(relation)]).toEqual(['"db"."sc"."id"', '<DuckDBRelation "db"."sc"."id">']);
    expect(str(call(relation, 'include', [], { database: false }))).toBe('"sc"."id"');
    expect(str(call(relation, 'quote', [], { identifier: false }))).toBe('"db"."sc".id');
    expect(repr(call(relation, 'without_identifier'))).toBe('<DuckDBRelation "db"."sc">');
    expect(str(call(relation, 'information_schema', ['columns']))).toBe('"db".INFORMATION_SCHEMA.columns');
    expect(repr(call(relation, 'information_schema'))).toBe('<InformationSchema "db".INFORMATION_SCHEMA>');
    expect(str(new RelationValue(duckdb, names, { database: false, schema: false }))).toBe('db.sc."id"');
    expect(str(RelationValue.ephemeral(duckdb, 'm'))).toBe('__dbt__cte__m');
    expect(str(new RelationValue(duckdb, names, {}, { external: "read_csv('x.csv')" }))).toBe("read_csv('x.csv')");
  });

  it('has the attributes of dbt', () => {
    const read = (name: string): Value => relation.getAttr(name) as Value;
    expect(['database', 'schema', 'identifier', 'name', 'table', 'type'].map(read)).toEqual([
      'db',
      'sc',
      'id',
      'id',
      'id',
      'table',
    ]);
    expect(
      ['is_table', 'is_view', 'is_cte', 'is_materialized_view', 'is_dynamic_table', 'can_be_renamed'].map(read),
    ).toEqual([...[true, false, false, false, false, false]]);
    expect(repr(read('path'))).toBe("Path(database='db', schema='sc', identifier='id')");
    expect(repr(read('quote_policy'))).toBe('Policy(database=True, schema=True, identifier=True)');
    expect(relation.getItem('schema')).toBe('sc');
    expect(call(relation, 'get', ['schema'])).toBe('sc');
    expect(call(relation, 'get', ['nope', 'else'])).toBe('else');
    expect((call(relation, 'get', ['metadata']) as PyDict).get('type')).toBe('DuckDBRelation');
    expect(relation.getAttr('nope')).toBeUndefined();
  });

  it('makes changed copies', () => {
    const path = new PyDict([['identifier', 'x']]);
    const changed = call(relation, 'incorporate', [], { path, type: 'view' });
    expect([str(changed), (changed as RelationValue).type, str(relation)]).toEqual([
      '"db"."sc"."x"',
      'view',
      '"db"."sc"."id"',
    ]);
    expect(str(call(relation, 'replace_path', [], { schema: 'q' }))).toBe('"db"."q"."id"');
    expect(str(call(relation, 'replace_path', [], { identifier: null }))).toBe('"db"."sc"');
  });

  it('reads fewer rows where told', () => {
    const limited = (dialect: Dialect, options: object): string =>
      str(new RelationValue(dialect, { schema: 's', identifier: 'i' }, {}, options));
    expect(limited(duckdb, { limit: 0 })).toBe('(select * from "s"."i" where false limit 0)');
    expect(limited(base, { limit: 5 })).toBe('(select * from "s"."i" limit 5) _dbt_limit_subq_i');
    const eventTimeFilter = { fieldName: 'ts', start: '2024-01-01', end: '2024-01-02' };
    expect(limited(duckdb, { eventTimeFilter })).toBe(
      `(select * from "s"."i" where ts >= '2024-01-01' and ts < '2024-01-02')`,
    );
    expect(limited(base, { limit: 0, eventTimeFilter: { fieldName: 'ts', start: 'a' } })).toBe(
      `(select * from (select * from "s"."i" where false limit 0) _dbt_limit_subq_i where ts >= 'a') _dbt_et_filter_subq_i`,
    );
  });

  it('is equal to one of the same name and kind', () => {
    expect(relation.equals(new RelationValue(duckdb, names))).toBe(true);
    expect(relation.equals(new RelationValue(duckdb, { ...names, type: 'view' }))).toBe(false);
    expect(relation.equals('"db"."sc"."id"')).toBe(false);
    expect(new PyDict([[relation, 1]]).get(new RelationValue(duckdb, names))).toBe(1);
  });

  it('matches names, and warns of those that nearly match', () => {
    expect(call(relation, 'matches', [], { identifier: 'id' })).toBe(true);
    expect(call(relation, 'matches', [], { identifier: 'other' })).toBe(false);
    expect(() => call(relation, 'matches', [], { identifier: 'ID' })).toThrow('differs from it only by case');
    expect(() => call(relation, 'matches')).toThrow('no database, schema or identifier');
  });
});

describe('api', () => {
  const api = apiObject(duckdb, { database: false });
  const Relation = api.get('Relation')!;

  it('makes relations, quoted as the project says', () => {
    expect(str(call(Relation, 'create', ['d', 's'], { identifier: 'i', type: 'view' }))).toBe('d."s"."i"');
    const policy = new PyDict([['schema', false]]);
    expect(str(call(Relation, 'create', [], { schema: 's', identifier: 'i', quote_policy: policy }))).toBe('s."i"');
    expect((Relation as PyFunction).getAttr('View')).toBe('view');
    expect(repr(call(Relation, 'get_default_quote_policy'))).toBe(
      'Policy(database=True, schema=True, identifier=True)',
    );
    expect(call(Relation, 'scd_args', [['a', 'b'], 'u'])).toEqual(['a', 'b', 'u']);
  });

  it('refuses names that are none', () => {
    expect(() => call(Relation, 'create', [], { identifier: new Undefined('nope') })).toThrow(
      'Got an invalid path identifier: undefined (nope',
    );
    expect(() => call(Relation, 'create', [], { type: 'tabel' })).toThrow("'tabel' is not a type of relation");
  });
});

describe('a column', () => {
  const column = (type: string, size = {}): ColumnValue => new ColumnValue(duckdb, 'c', type, size);
  it('knows its type', () => {
    const facts = (type: string): Value[] =>
      ['is_string', 'is_number', 'is_integer', 'is_float', 'is_numeric'].map((name) => call(column(type), name));
    expect(facts('VARCHAR')).toEqual([true, false, false, false, false]);
    expect(facts('UBIGINT')).toEqual([false, true, true, false, false]);
    expect(facts('DOUBLE')).toEqual([false, true, false, true, false]);
    expect(facts('numeric')).toEqual([false, true, false, false, true]);
    expect(column('VARCHAR').getAttr('data_type')).toBe('character varying(256)');
    expect(column('DECIMAL(10,2)').getAttr('data_type')).toBe('DECIMAL(10,2)');
    expect(column('numeric', { numericPrecision: 10, numericScale: 2 }).getAttr('data_type')).toBe('numeric(10,2)');
    expect([column('x').getAttr('quoted'), call(column('integer'), 'literal', [5])]).toEqual(['"c"', '5::integer']);
    expect(() => column('integer').stringSize()).toThrow('its type is integer');
  });

  it('expands to longer strings only', () => {
    const short = column('character varying', { charSize: 20 });
    expect([call(short, 'can_expand_to', [column('text')]), call(column('text'), 'can_expand_to', [short])]).toEqual([
      true,
      false,
    ]);
  });

  it('prints as in dbt', () => {
    const size = 'char_size=None, numeric_precision=None, numeric_scale=None';
    expect(repr(column('INTEGER'))).toBe(`DuckDBColumn(column='c', dtype='INTEGER', ${size}, fields=[])`);
    expect(repr(new ColumnValue(base, 'c', 'int4'))).toBe(`Column(column='c', dtype='int4', ${size})`);
  });

  it('falls apart into the fields of a struct', () => {
    const struct = column('STRUCT(a INTEGER, "b c" STRUCT(c VARCHAR, d DECIMAL(10, 2)))');
    expect(struct.flatten().map((leaf) => [leaf.name, leaf.dtype])).toEqual([
      ['c.a', 'INTEGER'],
      ['c.b c.c', 'VARCHAR'],
      ['c.b c.d', 'DECIMAL(10, 2)'],
    ]);
  });

  it('is made by api.Column', () => {
    const api = columnApi(duckdb);
    expect((call(api, 'create', ['x', 'string']) as ColumnValue).dtype).toBe('TEXT');
    expect(call(api, 'translate_type', ['String'])).toBe('TEXT');
    expect(call(api, 'string_type', [16])).toBe('character varying(16)');
    expect(call(api, 'numeric_type', ['numeric', 10, 2])).toBe('numeric(10,2)');
    expect((call(api, 'from_description', ['x', 'numeric(10,2)']) as ColumnValue).getAttr('numeric_scale')).toBe(2);
    expect(repr(api.plain!(['a', 'int'], null, undefined as unknown as Runtime))).toContain("column='a', dtype='int'");
  });
});
