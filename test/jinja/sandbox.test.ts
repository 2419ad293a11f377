import { describe, expect, it } from 'vitest';
import { compileTemplate, JinjaError, type Scope } from '../../src/jinja/index.ts';

const nothing: Scope = { lookup: () => undefined };
const render = (source: string) => compileTemplate(source, 'm.sql').render(nothing).text;

describe('the sandbox', () => {
  it.each([
    'constructor',
    '__proto__',
    '__class__',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
    'plain',
    'waiting',
  ])('does not know the attribute %s of anything', (name) => {
    for (const value of [
      "'s'",
      '1',
      '1.5',
      '[1]',
      '{}',
      '(1,)',
      'none',
      'true',
      'range(2)',
      'dict',
      'namespace()',
      "'s'.upper",
      '9007199254740993',
    ]) {
      for (const access of [`(${value}).${name}`, `(${value})['${name}']`, `(${value})|attr('${name}')`]) {
        expect([access, render(`{{ ${access} is defined }}`)]).toEqual([access, 'False']);
      }
    }
  });
  it('does not know the names of JavaScript', () => {
    for (const name of [
      'globalThis',
      'process',
      'require',
      'constructor',
      '__proto__',
      'this',
      'arguments',
      'rt',
      'f',
      'L',
      'T',
      'library',
      'Loop',
      'eval',
    ]) {
      expect([name, render(`{{ ${name} is defined }}`)]).toEqual([name, 'False']);
    }
  });
  it('lets templates use any name for themselves', () => {
    const words = [
      'class',
      'function',
      'var',
      'let',
      'this',
      'rt',
      'f',
      'L',
      'T',
      'o',
      'm',
      'p',
      'A',
      '__proto__',
      'constructor',
      'eval',
      'arguments',
      'yield',
      'größe',
      '名前',
      'v0_0',
      'str',
    ];
    for (const word of words) {
      expect(render(`{% set ${word} = 1 %}{{ ${word} }}{% for ${word} in [2] %}{{ ${word} }}{% endfor %}`)).toBe('12');
      expect(render(`{% macro ${word}(${word}) %}<{{ ${word} }}>{% endmacro %}{{ ${word}(${word}=3) }}`)).toBe('<3>');
      expect(
        render(`{% set ns = namespace() %}{% set ns.${word} = 4 %}{{ ns.${word} }}{{ {'${word}': 5}['${word}'] }}`),
      ).toBe('45');
    }
  });
  it('puts text into code only as text', () => {
    const nasty = 'a`$' + '{1}\\u2028 \u2028\u2029 "\' */ // </script> \\';
    expect(render(nasty)).toBe(nasty);
    expect(render(`{% raw %}${nasty}{% endraw %}{{ '\u2028"\\\\' }}`)).toBe(`${nasty}\u2028"\\`);
  });
  it('bounds ranges', () => {
    expect(() => render('{% for i in range(10000000) %}{% endfor %}')).toThrow(JinjaError);
  });
  it('refuses nesting without end', () => {
    expect(() => render(`{{ ${'('.repeat(100_000)} }}`)).toThrow(JinjaError);
    expect(() => render(`{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`)).toThrow(JinjaError);
    expect(() => render(`{{ ${'not '.repeat(100_000)}1 }}`)).toThrow(JinjaError);
    expect(() => render(`{{ ${'-'.repeat(100_000)}1 }}`)).toThrow(JinjaError);
    expect(() => render('{% if 1 %}'.repeat(100_000))).toThrow(JinjaError);
  });
});
