import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  fromJson,
  fromPlain,
  PyDate,
  PyDateTime,
  PyDecimal,
  PyDict,
  PyError,
  PyFloat,
  PyTuple,
  repr,
  toJson,
  toPlain,
  type Value,
} from '../../src/jinja/index.ts';
import { literalEval } from '../../src/jinja/literal-eval.ts';
import { BoolMarker, NativeMarker, NumberMarker, nativeConcat, TextMarker } from '../../src/jinja/native.ts';

const recorded = JSON.parse(
  readFileSync(new URL('../fixtures/jinja/python-readers.json', import.meta.url), 'utf8'),
) as {
  literals: { text: string; exp: string }[];
  json: { text: string; exp: string; dumps?: string; sorted?: string }[];
};

function attempt(read: () => Value): string {
  try {
    return repr(read());
  } catch (error) {
    if (error instanceof PyError) return `ERROR:${error.message}`;
    throw error;
  }
}

describe("Python's literals", () => {
  it.each(recorded.literals)('$text', ({ text, exp }) => {
    const got = attempt(() => literalEval(text));
    expect(got.startsWith('ERROR') ? 'ERROR' : got).toBe(exp);
  });
});

describe("Python's JSON", () => {
  it.each(recorded.json)('$text', ({ text, exp, dumps, sorted }) => {
    expect(attempt(() => fromJson(text))).toBe(exp);
    if (dumps === undefined) return;
    expect(toJson(fromJson(text))).toBe(dumps);
    expect(toJson(fromJson(text), { indent: 2 })).toBe(sorted);
  });
});

describe('values rendered as themselves', () => {
  it('leaves a lone value alone and joins several', () => {
    expect(nativeConcat([])).toBe('');
    expect(nativeConcat([5])).toBe(5);
    expect(nativeConcat(['5'])).toBe('5');
    expect(nativeConcat(['a', 1, null])).toBe('a1None');
    expect(nativeConcat([new TextMarker('5')])).toBe('5');
  });
  it('reads what is marked', () => {
    expect(nativeConcat([new NativeMarker('[1, 2]')])).toEqual([1, 2]);
    expect(nativeConcat([new NativeMarker('select 1')])).toBe('select 1');
    expect(nativeConcat([new BoolMarker('True')])).toBe(true);
    expect(nativeConcat([new NumberMarker('5')])).toBe(5);
    expect(nativeConcat([new NumberMarker('5'), 'x'])).toBe('5x');
  });
  it('refuses what is not what its mark says', () => {
    expect(() => nativeConcat([new BoolMarker('true')])).toThrow("Could not convert value 'true' into type 'bool'");
    expect(() => nativeConcat([new NumberMarker('True')])).toThrow("Could not convert value 'True' into type 'number'");
  });
});

describe('plain JSON', () => {
  it('goes both ways', () => {
    const plain = { a: [1, 1.5, 'x', null, true], b: { c: [] }, ['__proto__']: 1 };
    expect(toPlain(fromPlain(plain))).toEqual(plain);
  });
  it('writes what JSON has no word for as dbt does', () => {
    const value = new PyDict([
      ['day', new PyDate(2020, 1, 2)],
      ['at', new PyDateTime(2020, 1, 2, 3, 4, 5, 6)],
      ['whole', PyDecimal.parse('2.00')],
      ['part', PyDecimal.parse('2.50')],
      ['float', new PyFloat(1)],
      [1, new PyTuple([1, 2])],
    ]);
    expect(toPlain(value)).toEqual({
      day: '2020-01-02',
      at: '2020-01-02T03:04:05.000006',
      whole: 2,
      part: 2.5,
      float: PyFloat.of(1),
      '1': [1, 2],
    });
  });
});
