import { describe, expect, it } from 'vitest';
import { type Diagnostic, DiagnosticError } from '../../src/core/index.ts';
import {
  fnmatch,
  METHOD_NAMES,
  type PreviousState,
  parseCriterion,
  parseNamedSelectors,
  type SelectableNode,
  type SelectOptions,
  select,
  selectableGraph,
} from '../../src/graph/index.ts';

function refusal(act: () => unknown): Diagnostic {
  try {
    act();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics[0]!;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a criterion', () => {
  it.each<[string, object]>([
    ['a', { method: 'fqn', value: 'a', parents: false, children: false, childrensParents: false }],
    ['+a', { parents: true, parentsDepth: undefined }],
    ['3+a', { parents: true, parentsDepth: 3 }],
    ['a+', { children: true, childrenDepth: undefined }],
    ['2+a+12', { parentsDepth: 2, childrenDepth: 12, value: 'a' }],
    ['@a', { childrensParents: true, value: 'a' }],
    ['tag:x', { method: 'tag', arguments: [], value: 'x' }],
    ['config.meta.owner:x:y', { method: 'config', arguments: ['meta', 'owner'], value: 'x:y' }],
    ['+source:a.b+1', { method: 'source', value: 'a.b', parents: true, childrenDepth: 1 }],
    ['models/a', { method: 'path' }],
    ['A.SQL', { method: 'file' }],
    ['a.py+', { method: 'file', value: 'a.py', children: true }],
    ['a.csv', { method: 'file' }],
    ['a.yml', { method: 'fqn' }],
    ['1a', { method: 'fqn', value: '1a', parents: false }],
  ])('%s', (raw, parts) => {
    expect(parseCriterion(raw, 'eager')).toMatchObject(parts);
  });

  it('proposes the method that was meant', () => {
    const { code, help } = refusal(() => parseCriterion('+tags:daily', 'eager'));
    expect(code).toBe('XF4060');
    expect(help[0]).toBe("Did you mean '+tag:daily'?");
    expect(help[1]).toContain(METHOD_NAMES.join(', '));
  });

  it('explains why @ and + do not go together', () => {
    expect(refusal(() => parseCriterion('@a+', 'eager'))).toMatchObject({ code: 'XF4061' });
  });
});

describe('fnmatch', () => {
  it.each<[string, string, boolean]>([
    ['a*c', 'abbc', true],
    ['a*c', 'abbd', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['[ab]x', 'bx', true],
    ['[!ab]x', 'bx', false],
    ['[a-c]', 'b', true],
    ['[c-a]', 'b', false],
    ['[]]', ']', true],
    ['[a', '[a', true],
    ['a.b', 'axb', false],
    ['a+b(c)', 'a+b(c)', true],
    ['*', '', true],
    ['A*', 'abc', false],
    ['?', '😀', true],
    ['a/*', 'a/b/c', true],
    ['**x', 'yx', true],
    ['[a-]', '-', true],
  ])('%s on %s: %s', (pattern, text, fits) => {
    expect(fnmatch(pattern)(text)).toBe(fits);
  });
});

const node = (id: string, more: Partial<SelectableNode> = {}): SelectableNode => {
  const [resource_type = '', package_name = '', name = ''] = id.split('.');
  const fqn = [package_name, name];
  return { unique_id: id, resource_type, package_name, name, fqn, original_file_path: 'f', config: {}, ...more };
};

const on = (...nodes: string[]) => ({ depends_on: { nodes } });

const small = selectableGraph([
  node('source.p.s', { source_name: 'src' }),
  node('model.p.a', on('source.p.s')),
  node('model.p.b', { ...on('model.p.a'), raw_code: ' \n' }),
  node('model.p.c', on('model.p.b')),
]);

const names = (options: SelectOptions): string =>
  [...select(small, options).selected].map((id) => id.split('.')[2]).join('');

describe('comparing with an earlier state', () => {
  const changed = new Map([
    ['model.p.a', ['body', undefined]],
    ['model.p.b', ['configs', undefined]],
    ['model.p.c', []],
  ]);
  const previous: PreviousState = {
    manifest: {
      has: (id) => id !== 'model.p.b',
      modified: (id, aspect) => (changed.get(id) as (string | undefined)[] | undefined)?.includes(aspect) ?? false,
    },
    results: new Map([['model.p.c', 'error']]),
    sources: {
      previous: new Map([['source.p.s', '2024-01-01T00:00:00Z']]),
      current: new Map([['source.p.s', '2024-01-01T00:00:00.5Z']]),
    },
  };
  it.each([
    ['state:new', 'b'],
    ['state:old', 'sac'],
    ['state:modified', 'ab'],
    ['state:modified+', 'abc'],
    ['state:unmodified', 'sc'],
    ['state:modified.body', 'a'],
    ['state:modified.configs', 'b'],
    ['state:modified.contract', ''],
    ['result:error', 'c'],
    ['1+result:error', 'bc'],
    ['source_status:fresher', 's'],
  ])('%s', (criterion, wanted) => {
    expect(names({ select: [criterion], previous, includeEmpty: true })).toBe(wanted);
  });

  it.each(['state:new', 'result:error', 'source_status:fresher'])('%s without one', (criterion) => {
    expect(refusal(() => select(small, { select: [criterion] })).code).toBe('XF4064');
  });

  it('does not take a source for fresher whose check failed', () => {
    const sources = { previous: previous.sources!.previous, current: new Map([['source.p.s', null]]) };
    expect(names({ select: ['source_status:fresher'], previous: { sources } })).toBe('');
  });

  it('proposes the word that was meant', () => {
    expect(refusal(() => select(small, { select: ['state:modifed'], previous })).help[0]).toContain('state:modified');
  });
});

describe('what comes out', () => {
  it('has no node without SQL, though it leads to others', () => {
    expect(names({ select: ['a+'] })).toBe('ac');
    expect(names({ select: ['a+'], includeEmpty: true })).toBe('abc');
  });

  it('has only the types asked for', () => {
    expect(names({ resourceTypes: ['source'] })).toBe('s');
    expect(names({ excludeResourceTypes: ['source'] })).toBe('ac');
  });

  it('warns of a name nobody has, and proposes one', () => {
    const graph = selectableGraph([node('model.p.customers')]);
    const { warnings } = select(graph, { select: ['+custmers'] });
    expect(warnings[0]).toMatchObject({ code: 'XF4069', severity: 'warning' });
    expect(warnings[0]!.message).toBe("The selection criterion '+custmers' does not match any enabled nodes");
    expect(warnings[0]!.help).toEqual(["Did you mean '+customers'?"]);
  });
});

describe('named selectors', () => {
  const parse = (...raw: [name: string, definition: unknown, isDefault?: boolean][]) =>
    parseNamedSelectors(
      raw.map(([name, definition, isDefault]) => ({ name, definition, default: isDefault })),
      'eager',
    );

  it('the default one counts where nothing is said, and only there', () => {
    const selectors = parse(['x', 'a'], ['y', 'c', true]);
    expect(names({ selectors })).toBe('c');
    expect(names({ selectors, select: ['a'] })).toBe('a');
    expect(names({ selectors, selector: 'x', select: ['c'] })).toBe('a');
  });

  it('one method with exclusions of its own inside a union', () => {
    const definition = { union: [{ method: 'fqn', value: 'a', children: true, exclude: ['c'] }, 'source:src'] };
    expect(names({ selectors: parse(['x', definition]), selector: 'x', includeEmpty: true })).toBe('sab');
  });

  it('a circle is refused', () => {
    const selectors = parse(['x', { method: 'selector', value: 'y' }], ['y', { method: 'selector', value: 'x' }]);
    const { code, data } = refusal(() => select(small, { selectors, selector: 'x' }));
    expect([code, data.path]).toEqual(['XF4066', ['x', 'y', 'x']]);
  });

  it('an unknown one is refused with the nearest', () => {
    const { code, help } = refusal(() => select(small, { selectors: parse(['nightly', 'a']), selector: 'nigthly' }));
    expect([code, help[0]]).toEqual(['XF4065', "Did you mean 'nightly'?"]);
  });

  it.each<[string, unknown, string]>([
    ['a list at the root', [], 'XF4067'],
    ['two keys at the root', { union: [], intersection: [] }, 'XF4067'],
    ['a union that is no list', { union: 'a' }, 'XF4067'],
    ['method without value', { method: 'tag', children: true }, 'XF4067'],
    ['two exclusions', { union: ['a', { exclude: ['b'] }, { exclude: ['c'] }] }, 'XF4067'],
    ['an unknown mode', { method: 'tag', value: 'a', indirect_selection: 'lazy' }, 'XF4067'],
    ['a depth that is no number', { method: 'tag', value: 'a', parents: true, parents_depth: 'x' }, 'XF4067'],
    ['an unknown method', { tagg: 'a' }, 'XF4060'],
  ])('%s is refused', (_, definition, code) => {
    expect(refusal(() => parse(['x', definition])).code).toBe(code);
  });

  it('two defaults are refused', () => {
    expect(refusal(() => parse(['x', 'a', true], ['y', 'b', true])).code).toBe('XF4068');
  });
});
