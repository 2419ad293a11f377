import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

describe('sql_header', () => {
  it('runs before the statement of the model that sets it', async () => {
    const project = new TemporaryProject({
      'models/m.sql': `{{ config(materialized='table') }}
{% call set_sql_header(config) %}create or replace temp macro answer() as 42;{% endcall %}
select answer() as n`,
    });
    project.ok(['run']);
    expect(await project.column('select n from main.m')).toEqual([42]);
  });
});
