// Names that are longer than a warehouse has room for: the node that has one fails, and nothing else does.
import { afterAll, describe, expect, it } from 'vitest';
import { ConformanceProject, subjects } from './warehouses.ts';

const all = await subjects();
afterAll(async () => {
  await Promise.all(all.map((subject) => subject.stop()));
});

const long = 'a_name_of_one_letter_more_than_postgres_has_room_for_in_a_table_';

describe.each(all)('long names on $name', (subject) => {
  it.skipIf(subject.missing !== undefined)('fail alone where they are too long', () => {
    const dbt = new ConformanceProject(subject, {
      [`models/${long}.sql`]: 'select 1 as id',
      'models/short.sql': 'select 1 as id',
      'models/after.sql': "select id from {{ ref('short') }}",
    });
    const { code, stdout } = dbt.xform(['run', '--static-analysis', 'baseline']);
    const isTooLong = subject.name === 'postgres';
    expect({ code, stdout }).toMatchObject({ code: isTooLong ? 1 : 0 });
    expect(stdout).toContain(isTooLong ? 'PASS=2 WARN=0 ERROR=1 SKIP=0' : 'PASS=3 WARN=0 ERROR=0 SKIP=0');
    if (isTooLong) expect(stdout).toContain('[XF2122]');
    dbt.ok(['run', '--static-analysis', 'strict', '--select', 'short', 'after']);
  });
});
