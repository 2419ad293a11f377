import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const files = {
  'seeds/raw.csv': 'id\n1\n',
  'models/staging/stg.sql': "{{ config(tags=['daily']) }} select * from {{ ref('raw') }}",
  'models/marts/a.sql': "{{ config(tags=['daily', 'mart'], materialized='table') }} select * from {{ ref('stg') }}",
  'models/marts/b.sql': "{{ config(tags=['mart']) }} select * from {{ ref('stg') }}",
  'models/marts/c.sql': "select * from {{ ref('a') }}, {{ ref('b') }}",
  'models/marts/m.yml':
    'models:\n  - {name: a, columns: [{name: id, data_tests: [not_null]}]}\n  - name: c\n    data_tests: [{both: {arguments: {other: "ref(\'b\')"}}}]\n',
  'tests/generic/both.sql':
    '{% test both(model, other) %}select 1 from {{ model }}, {{ other }} where false{% endtest %}',
  'selectors.yml': `selectors:
  - name: mart_without_b
    definition:
      union:
        - {method: tag, value: mart}
        - exclude: [{method: fqn, value: b}]
`,
};

describe('selection', () => {
  const cases: [name: string, args: string[], names: string[]][] = [
    ['a name', ['-s', 'a'], ['a', 'not_null_a_id']],
    ['parents', ['-s', '+a', '--resource-type', 'model'], ['a', 'stg']],
    ['one step up', ['-s', '1+c', '--resource-type', 'model'], ['a', 'b', 'c']],
    ['children', ['-s', 'stg+', '--resource-type', 'model'], ['a', 'b', 'c', 'stg']],
    ['all around', ['-s', '@a', '--resource-type', 'model'], ['a', 'b', 'c', 'stg']],
    ['union', ['-s', 'raw', 'c', '--exclude-resource-type', 'test'], ['c', 'raw']],
    ['intersection', ['-s', 'tag:daily,tag:mart', '--resource-type', 'model'], ['a']],
    ['exclude', ['-s', 'tag:mart', '--exclude', 'a', '--resource-type', 'model'], ['b']],
    ['a folder', ['-s', 'path:models/marts', '--resource-type', 'model'], ['a', 'b', 'c']],
    ['a folder by fqn', ['-s', 'shop.staging', '--resource-type', 'model'], ['stg']],
    ['config', ['-s', 'config.materialized:table', '--resource-type', 'model'], ['a']],
    ['a test kind', ['-s', 'test_name:not_null'], ['not_null_a_id']],
    ['a selector of selectors.yml', ['--selector', 'mart_without_b', '--resource-type', 'model'], ['a']],
    ['cautious tests', ['-s', 'c', '--indirect-selection', 'cautious'], ['c']],
    ['a wildcard', ['-s', 'st*', '--resource-type', 'model'], ['stg']],
  ];

  it.each(cases)('%s', (_name, args, names) => {
    const project = new TemporaryProject(files);
    const said = project.ok(['--quiet', 'ls', '--output', 'name', ...args]).trim();
    expect(said.split('\n').sort()).toEqual(names);
  });
});
