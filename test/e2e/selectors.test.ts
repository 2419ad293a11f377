import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const files = {
  'models/a.sql': 'select 1 as id\n',
  'models/b.sql': "select * from {{ ref('a') }}\n",
  'models/c.sql': "select * from {{ ref('b') }}\n",
  'selectors.yml': `selectors:
  - name: early
    description: the first two
    definition: '+b'
  - name: usual
    default: true
    definition:
      union:
        - method: fqn
          value: '*'
        - exclude: [c]
  - {name: again, definition: {method: selector, value: early}}
`,
};

describe('selectors.yml', () => {
  it('names selections, one of them for when nothing is said', () => {
    const project = new TemporaryProject(files);
    const listed = (...args: string[]): string[] =>
      project
        .ok(['--quiet', 'ls', ...args])
        .trim()
        .split('\n');
    expect(listed('--selector', 'early')).toEqual(['shop.a', 'shop.b']);
    expect(listed('--selector', 'again')).toEqual(['shop.a', 'shop.b']);
    expect(listed()).toEqual(['shop.a', 'shop.b']);
    expect(listed('--select', 'c')).toEqual(['shop.c']);
    expect(project.ok(['run'])).toContain('Using default selector usual');
    const { selectors } = project.artifact<{ selectors: unknown }>('manifest.json');
    expect(selectors).toEqual({
      early: { name: 'early', description: 'the first two', definition: { parents: true, method: 'fqn', value: 'b' } },
      usual: {
        name: 'usual',
        default: true,
        definition: { union: [{ method: 'fqn', value: '*' }, { exclude: [{ method: 'fqn', value: 'c' }] }] },
      },
      again: { name: 'again', definition: { method: 'selector', value: 'early' } },
    });
  });

  it('points to what is wrong in it', () => {
    const project = new TemporaryProject({ ...files, 'selectors.yml': 'selectors:\n  - definition: a\n' });
    const nameless = project.xform(['run']);
    expect(nameless.code).toBe(2);
    expect(nameless.stdout).toContain('Could not read selector file data: a selector needs a name');
    expect(nameless.stdout).toContain('selectors.yml:2');
    project.write('selectors.yml', 'selectors:\n  - {name: early, definition: a}\n');
    const unknown = project.xform(['run', '--selector', 'erly']);
    expect(unknown.code).toBe(2);
    expect(unknown.stdout).toContain('Could not find selector named erly');
    expect(unknown.stdout).toContain("Did you mean 'early'?");
  });
});
