import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

describe('an ephemeral model that cannot be rendered', () => {
  const files = {
    'models/broken.sql':
      "{{ config(materialized='ephemeral') }} {{ exceptions.raise_compiler_error('no good') if execute }} select 1 as id",
    'models/user.sql': "select * from {{ ref('broken') }}",
  };

  it('is why those that use it are skipped', () => {
    const project = new TemporaryProject(files);
    const { code, stdout } = project.xform(['run']);
    expect(code).toBe(1);
    expect(project.statuses()).toEqual({ 'model.shop.user': 'skipped' });
    expect(stdout).toContain("SKIP relation main.user due to ephemeral model status 'error'");
    expect(stdout).toContain('no good');
    const { results } = project.artifact<{ results: { message: string }[] }>('run_results.json');
    expect(results[0]?.message).toBe(
      'Compilation Error in model.shop.user, caused by compilation error in referenced ephemeral model model.shop.broken',
    );
  });

  it('is their own error where it was not selected', () => {
    const project = new TemporaryProject(files);
    expect(project.xform(['run', '--select', 'user']).code).toBe(1);
    expect(project.statuses()).toEqual({ 'model.shop.user': 'error' });
  });
});
