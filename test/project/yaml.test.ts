import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PyDict, PyFloat, PySet, type Value } from '../../src/jinja/index.ts';
import { loadYaml, locate } from '../../src/project/index.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly value?: unknown;
  readonly error?: true;
}

/** Values as the fixtures spell them, so that 1, 1.0 and '1' differ and keys keep their order. */
function spelled(value: Value): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? ['i', String(value)] : ['f', pythonFloat(value)];
  if (typeof value === 'bigint') return ['i', String(value)];
  if (typeof value === 'string') return ['s', value];
  if (Array.isArray(value)) return ['l', ...value.map(spelled)];
  if (value instanceof PyFloat) return ['f', value.repr()];
  if (value instanceof PyDict) return ['d', ...[...value.entries()].map(([k, v]) => [spelled(k), spelled(v)])];
  if (value instanceof PySet) return ['?', 'set'];
  return [value.typeName === 'date' ? 'D' : 'T', value.str()];
}

function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const text = Math.abs(value) < 1e-4 ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

const cases = JSON.parse(
  readFileSync(new URL('../fixtures/yaml/edge-cases.json', import.meta.url), 'utf8'),
) as readonly Case[];

describe('YAML as PyYAML reads it', () => {
  it.each(cases.filter((one) => !one.error).map((one) => [one.name, one] as const))('%s', (_, { text, value }) => {
    const loaded = loadYaml(text, 'x.yml');
    expect(loaded.problem?.message).toBeUndefined();
    expect(spelled(loaded.value!)).toEqual(value);
  });

  it.each(cases.filter((one) => one.error).map((one) => [one.name, one] as const))('refuses: %s', (_, { text }) => {
    const { problem } = loadYaml(text, 'x.yml');
    expect(problem?.code).toBe('XF1001');
    expect(problem?.at?.file).toBe('x.yml');
    expect(problem?.at?.start).toBeLessThanOrEqual(text.length);
  });

  it('does not strip where told so', () => {
    const { value } = loadYaml('a: |\n  x\n', 'profiles.yml', { strip: false });
    expect((value as PyDict).get('a')).toBe('x\n');
  });
});

describe('what a YAML message says', () => {
  const problemOf = (text: string) => loadYaml(text, 'models/x.yml').problem!;
  const pointed = (text: string) => {
    const { at } = problemOf(text);
    return text.slice(at!.start, at!.end);
  };

  it.each(['a: {{ x }}', 'a: {{ x }} b', '- {{ x }}', 'a: {% if x %}', 'a: [{{ x }}]\n', 'a:\n  b: {{ ref("x") }}\n'])(
    'tells to quote Jinja: %s',
    (text) => {
      expect(problemOf(text).help.join()).toContain('quote the Jinja expression: "{');
    },
  );

  it('says nothing of Jinja where it is quoted', () => {
    expect(problemOf('a: "{{ x }}"\nb: [1\n').help.join()).not.toContain('Jinja');
  });

  it('points past white space that was stripped', () => {
    const text = '\n\n  a: {{ x }}';
    expect(problemOf(text).at!.start).toBeGreaterThanOrEqual(text.indexOf('{{'));
    expect(pointed('\n\na: *nobody')).toBe('nobody');
  });

  it('points into the file as it is, although lines were moved', () => {
    const text = 'a:\n  b: [\n    1\n  ]\n  c: [\n  2\n  ]\nd: *nobody\n';
    expect(pointed(text)).toBe('nobody');
  });

  it('reports the second of two equal keys', () => {
    const text = 'models:\n  - name: a\n    name: b\n';
    const { warnings } = loadYaml(text, 'x.yml');
    expect(warnings!.map((w) => [w.code, w.severity, w.at!.start])).toEqual([
      ['XF1002', 'warning', text.lastIndexOf('name')],
    ]);
  });

  it('keeps quiet about keys that override merged ones', () => {
    expect(loadYaml('d: &d {a: 1}\ne:\n  <<: *d\n  a: 2\n  a: 3\n', 'x.yml').warnings).toEqual([]);
  });
});

describe('locate', () => {
  const text = [
    '',
    'version: 2',
    'models:',
    '  - name: orders',
    '    columns:',
    '      - {name: id, tests: [unique, not_null]}',
    "      - 'name': other",
    '        description: >',
    '          folded',
    'empty:',
    '',
  ].join('\n');
  const at = (path: (string | number)[], part?: 'key' | 'value') => {
    const span = locate(text, 'x.yml', path, part);
    return text.slice(span.start, span.end);
  };

  it('finds values', () => {
    expect(at(['version'])).toBe('2');
    expect(at(['models', 0, 'name'])).toBe('orders');
    expect(at(['models', 0, 'columns', 0, 'tests', 1])).toBe('not_null');
    expect(at(['models', 0, 'columns', 1, 'name'])).toBe('other');
  });

  it('finds keys', () => {
    expect(at(['models'], 'key')).toBe('models');
    expect(at(['models', 0, 'columns', 0, 'tests'], 'key')).toBe('tests');
    expect(at(['models', 0, 'columns', 1, 'name'], 'key')).toContain('name');
  });

  it('gives the key where the value is empty, and the nearest thing where the path leads out', () => {
    expect(at(['empty'])).toBe('empty');
    expect(at(['models', 0, 'nothing'])).toBe('name');
    expect(at(['models', 7])).toBe('name');
  });

  it('takes the last of equal keys, and finds through moved lines', () => {
    const doubled = 'a:\n  b: [\n    1\n  ]\n  c: 2\n  c: 3\n';
    const span = locate(doubled, 'x.yml', ['a', 'c']);
    expect(doubled.slice(span.start, span.end)).toBe('3');
  });
});
