// Names that nobody should choose, and circles of every kind of thing that can refer to another.
import { type Families, Projects } from './attack.ts';

const projects = new Projects();

const circle = Array.from({ length: 100 }, (_, i) => [
  `models/c${i}.sql`,
  `select * from {{ ref('c${(i + 1) % 100}') }}`,
]);

const families: Families = {
  names: {
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
  cycles: {
    'a model that needs itself': { files: { 'models/a.sql': "select * from {{ ref('a') }}" }, exit: 2 },
    'two models': {
      files: { 'models/a.sql': "select * from {{ ref('b') }}", 'models/b.sql': "select * from {{ ref('a') }}" },
      exit: 2,
    },
    'a hundred models': { files: Object.fromEntries(circle) as Record<string, string>, exit: 2 },
    'ephemeral models': {
      files: {
        'models/a.sql': "{{ config(materialized='ephemeral') }} select * from {{ ref('b') }}",
        'models/b.sql': "{{ config(materialized='ephemeral') }} select * from {{ ref('a') }}",
      },
      exit: 2,
    },
    'a comment': {
      files: {
        'models/a.sql': "-- depends_on: {{ ref('b') }}\nselect 1",
        'models/b.sql': "select * from {{ ref('a') }}",
      },
      exit: 2,
    },
    'a snapshot and a model': {
      files: {
        'snapshots/s.sql':
          "{% snapshot s %}{{ config(unique_key='id', strategy='check', check_cols='all') }}select * from {{ ref('a') }}{% endsnapshot %}",
        'models/a.sql': "select * from {{ ref('s') }}",
      },
      exit: 2,
    },
    'two versions of a model': {
      files: {
        'models/a_v1.sql': "select * from {{ ref('a', v=2) }}",
        'models/a_v2.sql': "select * from {{ ref('a', v=1) }}",
        'models/m.yml': 'models: [{name: a, versions: [{v: 1}, {v: 2}]}]\n',
      },
      exit: 2,
    },
    macros: {
      files: {
        'macros/m.sql': '{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}',
        'models/a.sql': 'select {{ a() }} as id',
      },
      exit: 2,
    },
    'a ref that calls itself': {
      files: {
        'macros/ref.sql': '{% macro ref(name) %}{{ return(ref(name)) }}{% endmacro %}',
        'models/a.sql': "select * from {{ ref('fine') }}",
      },
      exit: 2,
    },
    'variables that are templates': {
      files: {
        'dbt_project.yml': 'name: shop\nvars: {a: "{{ var(\'b\') }}", b: "{{ var(\'a\') }}"}\n',
        'models/a.sql': "select {{ var('a') }} as id",
      },
      exit: 2,
    },
    'selectors of each other': {
      files: {
        'selectors.yml':
          'selectors:\n  - {name: a, definition: {method: selector, value: b}}\n  - {name: b, definition: {method: selector, value: a}}\n',
      },
      command: 'ls --selector a',
      exit: 2,
    },
    'packages of each other': {
      files: {
        'packages.yml': 'packages: [{local: p}]\n',
        'p/dbt_project.yml': 'name: p\n',
        'p/packages.yml': 'packages: [{local: ../q}]\n',
        'q/dbt_project.yml': 'name: q\n',
        'q/packages.yml': 'packages: [{local: ../p}]\n',
      },
      command: 'deps',
      exit: 2,
    },
    'metrics of each other': {
      files: {
        'models/m.yml': `metrics:
  - {name: a, label: A, type: derived, type_params: {expr: b, metrics: [b]}}
  - {name: b, label: B, type: derived, type_params: {expr: a, metrics: [a]}}
`,
      },
      exit: 2,
    },
  },
};

projects.withstandAll(families);
