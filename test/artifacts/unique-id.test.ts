import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  genericTestModel,
  genericTestName,
  genericTestUniqueId,
  type PlainValue,
  type Printable,
  pythonRepr,
  pythonStr,
  type TestTarget,
  uniqueId,
} from '../../src/artifacts/index.ts';

interface Recorded {
  readonly unique_id: string;
  readonly name: string;
  readonly alias: string;
  readonly test_metadata: {
    readonly name: string;
    readonly namespace: string | null;
    readonly kwargs: { readonly [name: string]: PlainValue; readonly model: string };
  };
}

const printed = (text: string): Printable => ({ typeName: 'float', str: () => text, repr: () => text });

const SPECIAL: Readonly<Record<string, number>> = { Infinity: Infinity, '-Infinity': -Infinity, NaN: Number.NaN };

/** JSON has one kind of number: the recording marks floats, big integers and dates. */
function unmark(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$bigint' in value) return BigInt(value.$bigint as string);
  if ('$text' in value) return printed(value.$text as string);
  if (!('$float' in value)) return value;
  const text = value.$float as string;
  const number = SPECIAL[text] ?? Number(text);
  return Number.isInteger(number) ? printed(text) : number;
}

/** What dbt 1.12.6 made of the tests of one project. */
const recorded = JSON.parse(
  readFileSync(new URL('./test-ids.json', import.meta.url), 'utf8'),
  unmark,
) as readonly Recorded[];

/** The target, read back from the `model` argument. */
function targetOf(model: string): TestTarget {
  const source = /source\('(.*)', '(.*)'\)/.exec(model);
  if (source) return { kind: 'source', sourceName: source[1]!, name: source[2]! };
  const [, name, version] = /ref\('(.*?)'(?:, version='(.*)')?\)/.exec(model)!;
  return { kind: 'node', name: name!, version: version ?? null };
}

describe('generic tests get the names and ids dbt gives them', () => {
  it.each(recorded.map((test) => [test.unique_id, test] as const))('%s', (id, test) => {
    const { name, namespace, kwargs } = test.test_metadata;
    const target = targetOf(kwargs.model);
    expect(genericTestModel(target)).toBe(kwargs.model);
    expect(genericTestUniqueId('shop', test.name, test.test_metadata)).toBe(id);
    if (/own_name|third_style|nsd/.test(test.name)) return;
    const made = genericTestName({ name, namespace, target, args: kwargs });
    expect(made.full).toBe(test.name);
    if (test.alias !== 'al') expect(made.short).toBe(test.alias);
  });

  it('keeps names of 63 characters and shortens those of 64', () => {
    const named = (column: string) =>
      genericTestName({
        name: 'unique',
        namespace: null,
        target: { kind: 'node', name: 'm' },
        args: { column_name: column },
      });
    expect(named('c'.repeat(54)).short).toBe(`unique_m_${'c'.repeat(54)}`);
    expect(named('c'.repeat(55)).short).toMatch(/^unique_m_[0-9a-f]{32}$/);
  });
});

describe('values as Python prints them', () => {
  it.each<[PlainValue, string]>([
    [1e-5, '1e-05'],
    [1.5e-10, '1.5e-10'],
    [0.0001, '0.0001'],
    ["it's", `"it's"`],
    [`it's "x"`, `'it\\'s "x"'`],
    ['é\u00a0\n', "'é\\xa0\\n'"],
    [[true, null, { a: 'b' }], "[True, None, {'a': 'b'}]"],
    [10n ** 20n, '100000000000000000000'],
  ])('%s', (value, text) => {
    expect(pythonRepr(value)).toBe(text);
  });

  it('str leaves strings bare', () => {
    expect(pythonStr('a')).toBe('a');
    expect(pythonStr(['a'])).toBe("['a']");
  });
});

describe('unique ids', () => {
  it('carry the version behind the name', () => {
    expect(uniqueId('model', 'shop', 'dim', 2)).toBe('model.shop.dim.v2');
    expect(uniqueId('model', 'shop', 'dim')).toBe('model.shop.dim');
  });
});
