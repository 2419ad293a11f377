// Malformed input of every kind: whatever is wrong, the command must say so with a code, and never fall over.
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk, prepareCli } from './cli.ts';

const desk = new Desk();
beforeAll(prepareCli);
afterAll(() => desk.clear());

/** Text or bytes of a file, by path; `{ link }` makes a symbolic link. */
type Files = Readonly<Record<string, string | Uint8Array | { readonly link: string }>>;

interface Attack {
  readonly files: Files;
  readonly command?: string;
  readonly exit: 0 | 1 | 2;
}

let count = 0;

/** A project folder with these files in it. */
function folderOf(files: Files): string {
  count += 1;
  const root = path.join(desk.folder, `p${count}`);
  const all: Files = { 'dbt_project.yml': 'name: shop\n', 'models/fine.sql': 'select 1 as id\n', ...files };
  for (const [name, content] of Object.entries(all)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, file);
    else writeFileSync(file, content);
  }
  return root;
}

async function withstand({ files, command = 'build', exit }: Attack): Promise<void> {
  const root = folderOf(files);
  const { code, output } = await desk.run(command.split(' '), root);
  expect(output).not.toMatch(/\n\s+at .*\.[jt]s:\d+/);
  expect(output).not.toMatch(/internal error|a bug in xform|UnhandledPromise/);
  expect({ code, output }).toMatchObject({ code: exit });
  if (exit !== 0) expect(output).toMatch(/\[XF\d{4}\]/);
  // What cannot be parsed must not reach the warehouse.
  if (exit === 2 && !Object.keys(files).some((name) => name.startsWith('shop.duckdb')))
    expect(existsSync(path.join(root, 'shop.duckdb'))).toBe(false);
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const project = (text: string | Uint8Array, exit: 0 | 1 | 2 = 2): Attack => ({
  files: { 'dbt_project.yml': text },
  exit,
});
const properties = (text: string | Uint8Array, exit: 0 | 1 | 2 = 2): Attack => ({
  files: { 'models/m.yml': text },
  exit,
});
const model = (text: string | Uint8Array, exit: 0 | 1 | 2 = 2): Attack => ({ files: { 'models/a.sql': text }, exit });
const macro = (text: string, call: string, exit: 0 | 1 | 2 = 2): Attack => ({
  files: { 'macros/m.sql': text, 'models/a.sql': `select ${call} as id\n` },
  exit,
});
const seed = (text: string | Uint8Array, exit: 0 | 1 | 2 = 1): Attack => ({ files: { 'seeds/s.csv': text }, exit });
const profiles = (text: string | Uint8Array, exit: 0 | 1 | 2 = 2): Attack => ({
  files: { 'dbt_project.yml': 'name: shop\nprofile: shop\n', 'profiles.yml': text },
  exit,
});

const families: Readonly<Record<string, Readonly<Record<string, Attack>>>> = {
  'project YAML': {
    empty: project(''),
    'only a comment': project('# nothing\n'),
    'a number': project('42\n'),
    'not UTF-8': project(bytes(0x6e, 0xff, 0xfe, 0x00)),
    'NUL bytes': project('name: shop\0\n'),
    'an open quote': project('name: "shop\n'),
    'an alias to nothing': project('name: *shop\n'),
    'an alias to itself': project('name: shop\nvars: &a\n  b: *a\n'),
    'a bomb of aliases': project(
      `name: shop\nvars:\n  a0: &a0 [1,1]\n${Array.from({ length: 40 }, (_, i) => `  a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join('\n')}\n`,
    ),
    'two documents': project('name: shop\n---\nname: other\n'),
    'a name that is a list': project('name: [shop]\n'),
    'paths that are numbers': project('name: shop\nmodel-paths: 5\n'),
    'models that are a list': project('name: shop\nmodels: [a]\n'),
    'vars that are text': project('name: shop\nvars: hello\n'),
    'the prototype as a key': project('name: shop\n__proto__: {polluted: 1}\nmodels:\n  __proto__: {a: 1}\n', 0),
    'deep nesting': project(`name: shop\nvars: ${'['.repeat(20_000)}\n`),
    'a path outside': project('name: shop\nmodel-paths: ["../../../../../../../no/such"]\n', 0),
    'a custom tag': project('name: !!python/object:os.system shop\n'),
  },
  'properties YAML': {
    empty: properties('', 0),
    'a text': properties('hello\n'),
    'a tab': properties('models:\n\t- name: fine\n'),
    'not UTF-8': properties(bytes(0xff, 0xfe, 0x41)),
    'columns that are a mapping': properties('models:\n  - name: fine\n    columns: {id: 1}\n', 0),
    'tests that are text': properties('models:\n  - name: fine\n    data_tests: unique\n', 0),
    'a test that is a number': properties('models:\n  - name: fine\n    data_tests: [5]\n'),
    'a test that is a list': properties('models:\n  - name: fine\n    data_tests: [[unique]]\n'),
    'a name that is null': properties('models:\n  - name:\n'),
    'config that is text': properties('models:\n  - name: fine\n    config: view\n', 0),
    'an open Jinja expression': properties('models:\n  - name: fine\n    description: "{{ "\n'),
    'a versions list of text': properties('models:\n  - name: fine\n    versions: [one]\n', 2),
    'sources without tables': properties('sources:\n  - name: raw\n', 0),
    'tables that are text': properties('sources:\n  - name: raw\n    tables: orders\n', 0),
    'the prototype as a name': properties('models:\n  - name: __proto__\n  - name: constructor\n', 0),
    'a unit test without rows': properties('unit_tests:\n  - name: u\n    model: fine\n', 2),
  },
  profiles: {
    empty: profiles(''),
    'a list': profiles('- shop\n'),
    'not YAML': profiles('shop: {\n'),
    'not UTF-8': profiles(bytes(0xc3, 0x28)),
    'outputs that are a list': profiles('shop:\n  target: dev\n  outputs: [dev]\n'),
    'an output that is text': profiles('shop:\n  target: dev\n  outputs: {dev: duckdb}\n'),
    'no type': profiles('shop:\n  target: dev\n  outputs: {dev: {path: x}}\n'),
    'a type that is a number': profiles('shop:\n  target: dev\n  outputs: {dev: {type: 5}}\n'),
    'negative threads': profiles('shop:\n  target: dev\n  outputs: {dev: {type: duckdb, threads: -1}}\n'),
    'an open Jinja expression': profiles('shop:\n  target: "{{"\n  outputs: {dev: {type: duckdb}}\n'),
    'a target that is a list': profiles('shop:\n  target: [dev]\n  outputs: {dev: {type: duckdb}}\n'),
    'a path that is a folder': profiles('shop:\n  target: dev\n  outputs: {dev: {type: duckdb, path: models}}\n'),
  },
  Jinja: {
    'an open expression': model('select {{ 1'),
    'an open comment': model('select 1 {# hello'),
    'an open block': model('{% if true %}select 1'),
    'a stray end': model('select 1 {% endif %}'),
    'a tag that does not exist': model('{% include "x" %}select 1'),
    'an attribute of the sandbox': model("select {{ ''.__class__.__mro__ }} as id"),
    'the constructor': model('select {{ config.constructor("return process")() }} as id', 1),
    'a loop over a huge range': model('{% for i in range(1000000000000) %}{% endfor %}select 1'),
    'deep nesting': model(`select ${'{{ ('}${'('.repeat(20_000)}1`),
    'filters one behind another': model(`select {{ 1 ${'| int '.repeat(1500)} }} as id`),
    'attributes one behind another': model(`select {{ a${'.b'.repeat(1500)} }} as id`),
    'branches one behind another': model(`select 1 {% if true %}${'{% elif true %}'.repeat(10_000)}{% endif %}as id`),
    'blocks within blocks': model(`${'{% if true %}'.repeat(3000)}select 1 as id${'{% endif %}'.repeat(3000)}`),
    'a text too long to be joined': model("{% set x = ['x' * 100000000] * 50 %}select {{ x | join | length }} as id"),
    'a number too wide to be written': model("select {{ '%1000000000d' % 5 }} as id"),
    'a text that is centred too far': model("select {{ 'x' | center(10000000000) | length }} as id"),
    'a list in itself': model('{% set l = [] %}{% do l.append(l) %}{{ config(meta={"a": l}) }}select 1 as id'),
    'five megabytes': model(`select 1 as id -- ${'x'.repeat(5 * 1024 * 1024)}\n`, 0),
    'a huge power': model('select {{ 9 ** 999999999 }} as id'),
    'a huge text': model("select {{ ('x' * 100000000000) | length }} as id"),
    'division by nothing': model('select {{ 1 // 0 }} as id'),
    'not UTF-8': model(bytes(0x73, 0xff, 0x31)),
    'only white space': model('  \n\n', 0),
    'NUL bytes': model('select 1 as id\0', 1),
    'a mark of byte order': model('\ufeffselect 1 as id\n', 0),
    'ends of lines of all kinds': model('select 1 as id,\r\n2 as b,\r3 as c\n', 0),
  },
  macros: {
    'no name': macro('{% macro %}1{% endmacro %}', '1'),
    'no end': macro('{% macro m() %}1', '{{ m() }}'),
    'a bad parameter': macro('{% macro m(1) %}1{% endmacro %}', '{{ m() }}'),
    'the same parameter twice': macro('{% macro m(a, a) %}1{% endmacro %}', '{{ m(1) }}', 2),
    'a call of itself': macro('{% macro m() %}{{ m() }}{% endmacro %}', '{{ m() }}'),
    'an unknown argument': macro('{% macro m(a) %}{{ a }}{% endmacro %}', '{{ m(b=1) }}'),
    'too many arguments': macro('{% macro m() %}1{% endmacro %}', '{{ m(1) }}'),
    'a macro in a macro': macro('{% macro m() %}{% macro n() %}1{% endmacro %}{% endmacro %}', '1', 0),
    'a name of dbt': macro('{% macro ref() %}x{% endmacro %}', '1', 0),
    'an error raised': macro("{% macro m() %}{{ exceptions.raise_compiler_error('no') }}{% endmacro %}", '{{ m() }}'),
    'a return outside': macro('{{ return(1) }}', '{{ return(1) }}'),
  },
  CSV: {
    empty: seed('', 1),
    'only a header': seed('a,b\n', 0),
    'a ragged row': seed('a\n1,2,3\n'),
    'an open quote': seed('a\n"1\n'),
    'the same column twice': seed('a,a\n1,2\n'),
    'an empty column name': seed('a,\n1,2\n', 1),
    'not UTF-8': seed(bytes(0x61, 0x0a, 0xff, 0xfe), 2),
    'NUL bytes': seed('a\n\0\n', 0),
    'a huge number': seed(`a\n${'9'.repeat(400)}\n`, 0),
    'ten thousand columns': seed(
      [0, 1].map((row) => Array.from({ length: 10_000 }, (_, i) => (row ? i : `c${i}`)).join(',')).join('\n'),
      0,
    ),
    'a mark of byte order and ends of lines of all kinds': seed('\ufeffa,b\r\n1,2\n3,4\r\n5,6', 0),
    'UTF-16': seed(Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 2),
    'a type that is SQL': {
      files: {
        'seeds/s.csv': 'd\n1\n',
        'dbt_project.yml': 'name: shop\nseeds: {+column_types: {d: "integer); drop table fine; --"}}\n',
      },
      exit: 1,
    },
    'quotes in the name': seed('"a"";drop table x;--"\n1\n', 0),
  },
  SQL: {
    'two statements': model('select 1 as id; drop table x', 1),
    'an open string': model("select 'x", 1),
    'an open comment': model('select 1 /* x', 1),
    'no SQL': model('hello world', 1),
    'only a comment': model('-- nothing\n', 1),
    'a semicolon': model(';', 1),
    'a table that is not there': model('select * from no_such_table', 1),
    'the same column twice': model("{{ config(materialized='table') }}select 1 as a, 2 as a", 0),
    'deep nesting': model(`select ${'('.repeat(20_000)}1${')'.repeat(20_000)} as id`, 1),
  },
  'names and cycles': {
    'a model that needs itself': model("select * from {{ ref('a') }}"),
    'a name with a quote': { files: { "models/it's.sql": 'select 1 as id' }, exit: 0 },
    'a name with spaces': { files: { 'models/two words.sql': 'select 1 as id' }, exit: 0 },
    'a name with a dot': { files: { 'models/a.b.sql': 'select 1 as id' }, exit: 0 },
    'a name in another script': { files: { 'models/注文.sql': 'select 1 as id' }, exit: 0 },
    'a name that is the prototype': { files: { 'models/__proto__.sql': 'select 1 as id' }, exit: 0 },
    'a name that is a keyword': { files: { 'models/select.sql': 'select 1 as id' }, exit: 0 },
    'names that differ by case': {
      files: { 'models/A.sql': 'select 1 as id', 'models/sub/a.sql': 'select 2 as id' },
      exit: 2,
    },
    'a very long name': { files: { [`models/${'x'.repeat(200)}.sql`]: 'select 1 as id' }, exit: 0 },
  },
  packages: {
    'an empty file': { files: { 'packages.yml': '' }, command: 'deps', exit: 0 },
    'a text': { files: { 'packages.yml': 'hello\n' }, command: 'deps', exit: 0 },
    'a list that is a number': { files: { 'packages.yml': 'packages: 5\n' }, command: 'deps', exit: 2 },
    'an entry that is a number': { files: { 'packages.yml': 'packages: [5]\n' }, command: 'deps', exit: 2 },
    'a folder that is not there': {
      files: { 'packages.yml': 'packages: [{local: nope}]\n' },
      command: 'deps',
      exit: 2,
    },
    'the project itself': { files: { 'packages.yml': 'packages: [{local: .}]\n' }, command: 'deps', exit: 2 },
    'a file in place of a folder': {
      files: { 'packages.yml': 'packages: [{local: models/fine.sql}]\n' },
      command: 'deps',
      exit: 2,
    },
    'a name that climbs': {
      files: { 'packages.yml': 'packages: [{package: ../../etc, version: 1.0.0}]\n' },
      command: 'deps',
      exit: 2,
    },
    'a git address that is a command': {
      files: { 'packages.yml': 'packages: [{git: "ext::sh -c true", revision: x}]\n' },
      command: 'deps',
      exit: 2,
    },
    'a revision that is an option': {
      files: { 'packages.yml': 'packages: [{git: /nope, revision: --upload-pack=x}]\n' },
      command: 'deps',
      exit: 2,
    },
    'an open Jinja expression': {
      files: { 'packages.yml': 'packages: [{git: "{{ nope( }}"}]\n' },
      command: 'deps',
      exit: 2,
    },
    'a lock that is no YAML': {
      files: {
        'packages.yml': 'packages: [{local: p}]\n',
        'p/dbt_project.yml': 'name: p\n',
        'package-lock.yml': '{{{{',
      },
      command: 'deps',
      exit: 2,
    },
    'a broken project in the folder of packages': { files: { 'dbt_packages/x/dbt_project.yml': '{' }, exit: 2 },
    'a place that is within a file': {
      files: { 'dbt_project.yml': 'name: shop\npackages-install-path: models/fine.sql/x\n' },
      command: 'deps',
      exit: 2,
    },
  },
  database: {
    'a text': { files: { 'shop.duckdb': `not a database ${'x'.repeat(9000)}` }, exit: 2 },
    'a folder': { files: { 'shop.duckdb/kept.txt': 'x' }, exit: 2 },
    'a link to itself': { files: { 'shop.duckdb': { link: 'shop.duckdb' } }, exit: 2 },
    'an empty file': { files: { 'shop.duckdb': '' }, exit: 2 },
    'in a folder that is not there': profiles(
      'shop: {target: dev, outputs: {dev: {type: duckdb, path: no/x.duckdb}}}\n',
    ),
    'in a place where no file can be': profiles(
      'shop: {target: dev, outputs: {dev: {type: duckdb, path: models/fine.sql/x.duckdb}}}\n',
    ),
    'a name with a NUL': profiles('shop: {target: dev, outputs: {dev: {type: duckdb, path: "a\\0b"}}}\n'),
    'an attachment that is not there': profiles(
      'shop: {target: dev, outputs: {dev: {type: duckdb, attach: [{path: no/such/x.duckdb}]}}}\n',
    ),
  },
  'files and folders': {
    'a device in place of a model': { files: { 'models/zero.sql': { link: '/dev/zero' } }, exit: 2 },
    'a device in place of properties': { files: { 'models/zero.yml': { link: '/dev/zero' } }, exit: 2 },
    'a device in place of a seed': { files: { 'seeds/zero.csv': { link: '/dev/zero' } }, exit: 2 },
    'models that lead to themselves': {
      files: { 'dbt_project.yml': 'name: shop\nmodel-paths: [m]\n', m: { link: 'm' } },
      exit: 2,
    },
    'a target that leads to itself': { files: { target: { link: 'target' } }, command: 'parse', exit: 2 },
    'a link to itself': { files: { 'models/loop': { link: 'loop' } }, exit: 0 },
    'a link to the folder above': { files: { 'models/up': { link: '..' } }, exit: 0 },
    'a link to nothing': { files: { 'models/gone.sql': { link: 'nowhere.sql' } }, exit: 2 },
    'a folder named like a model': { files: { 'models/dir.sql/x.sql': 'select 1 as id' }, exit: 0 },
    'models that are a file': { files: { 'dbt_project.yml': 'name: shop\nmodel-paths: [models/fine.sql]\n' }, exit: 0 },
    'a target that is a file': { files: { target: 'x' }, exit: 2, command: 'parse' },
    'logs that are a file': { files: { logs: 'x' }, exit: 0 },
    'no models': { files: { 'dbt_project.yml': 'name: shop\nmodel-paths: [none]\n' }, exit: 0 },
    'a state folder without files': { files: {}, command: 'ls --select state:modified --state none', exit: 2 },
  },
};

for (const [family, attacks] of Object.entries(families)) {
  describe(`hostile ${family}`, () => {
    it.concurrent.each(Object.entries(attacks))('%s', { timeout: 60_000 }, (_, attack) => withstand(attack));
  });
}

describe('hostile places', () => {
  it('a project in a folder with spaces, quotes and other scripts', async () => {
    const root = path.join(folderOf({}), "it's a déjà vu 注");
    mkdirSync(path.join(root, 'models'), { recursive: true });
    writeFileSync(path.join(root, 'dbt_project.yml'), 'name: shop\n');
    writeFileSync(path.join(root, 'models/a.sql'), 'select 1 as id\n');
    const { code, output } = await desk.run(['build'], root);
    expect({ code, output }).toMatchObject({ code: 0 });
  });

  it('a table that is there is not changed by a build that fails to parse', async () => {
    const root = folderOf({ 'models/fine.sql': "{{ config(materialized='table') }}select 1 as id\n" });
    expect(await desk.run(['build'], root)).toMatchObject({ code: 0 });
    writeFileSync(path.join(root, 'models/fine.sql'), "{{ config(materialized='table') }}select 2 as id\n");
    writeFileSync(path.join(root, 'models/bad.sql'), 'select {{');
    expect(await desk.run(['build'], root)).toMatchObject({ code: 2 });
    const shown = await desk.run(['show', '--inline', 'select id from main.fine'], root);
    expect(shown.code).toBe(2);
    writeFileSync(path.join(root, 'models/bad.sql'), 'select 1 as id');
    const { output } = await desk.run(['show', '--inline', 'select id from main.fine'], root);
    expect(output).toMatch(/\|\s+1 \|/);
  });

  it('three thousand models without a mistake', async () => {
    const files = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`models/m${i}.sql`, `select ${i} as id`]));
    const { code, output } = await desk.run(['parse'], folderOf(files));
    expect({ code, output }).toMatchObject({ code: 0 });
  });
});
