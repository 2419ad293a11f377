import { describe, expect, it } from 'vitest';
import { DiagnosticError } from '../../src/core/index.ts';
import {
  compileMacro,
  compileTemplate,
  drive,
  errorPlace,
  extractBlocks,
  JinjaError,
  PyFunction,
  type RenderOptions,
  returnFunction,
  type Scope,
  type Value,
} from '../../src/jinja/index.ts';

/** A scope of names and of the macros in files, each bound under `pkg.<name>`. */
function scopeOf(files: Readonly<Record<string, string>>, names: Readonly<Record<string, Value>> = {}): Scope {
  const all = new Map<string, Value>(Object.entries({ return: returnFunction, ...names }));
  const scope: Scope = { lookup: (name) => all.get(name) };
  for (const [file, source] of Object.entries(files)) {
    for (const block of extractBlocks(source, file)) {
      all.set(block.name, compileMacro(block, source, file).bind(scope, `pkg.${block.name}`));
    }
  }
  return scope;
}

const fail = new PyFunction('fail', () => {
  throw new DiagnosticError();
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return expect.fail('nothing was thrown');
}

function errorOf(source: string, scope: Scope, options?: RenderOptions): JinjaError {
  const error = thrownBy(() => compileTemplate(source, 'model.sql').render(scope, options));
  expect(error).toBeInstanceOf(JinjaError);
  return error as JinjaError;
}

describe('the source map', () => {
  /** Where the first character of `needle` in the rendered text was written: the text there, file, macros. */
  function origin(template: string, files: Record<string, string>, needle: string, names = {}) {
    const scope = scopeOf(files, names);
    const { text, map } = compileTemplate(template, 'model.sql').render(scope);
    expect(text).toContain(needle);
    const span = map.locate(text.indexOf(needle))!;
    const source = span.file === 'model.sql' ? template : files[span.file]!;
    return {
      written: source.slice(span.start),
      file: span.file,
      via: span.via?.map((frame) => frame.macro) ?? [],
      span,
    };
  }

  it('follows copied text character by character', () => {
    const found = origin('select {{ 1 }},\n  broken\n', {}, 'broken');
    expect(found.written).toMatch(/^broken/);
    expect(found.span.rendered).toEqual({ start: 12, end: 13 });
  });
  it('gives the whole expression for what was computed', () => {
    const template = 'select {{ "x" ~ 12345 }} as y';
    const { map, text } = compileTemplate(template, 'model.sql').render(scopeOf({}));
    const span = map.locate(text.indexOf('345'))!;
    expect(template.slice(span.start, span.end)).toBe('"x" ~ 12345');
  });
  it('goes through nested macros, to the file of the innermost', () => {
    const files = {
      'outer.sql': '-- a file\n{% macro outer() %}select {{ inner() }} from{% endmacro %}',
      'inner.sql': '{% macro inner() %}  a, bad{% endmacro %}',
    };
    const template = '-- model\n{{ outer() }} t';
    const found = origin(template, files, 'bad');
    expect(found.file).toBe('inner.sql');
    expect(found.written).toMatch(/^bad/);
    expect(found.via).toEqual(['pkg.outer', 'pkg.inner']);
    const [outer] = found.span.via!;
    expect(files['outer.sql'].slice(outer!.start, outer!.end)).toBe('inner()');
    expect(template.slice(found.span.origin!.start, found.span.origin!.end)).toBe('outer()');
    expect(origin(template, files, ' from').written).toMatch(/^ from/);
    expect(origin(template, files, ' t').via).toEqual([]);
  });
  it('goes through what a macro passes on with return()', () => {
    const files = {
      'a.sql': '{% macro a() %}{{ return(b()) }}{% endmacro %}',
      'b.sql': '{% macro b() %}hello bad{% endmacro %}',
    };
    expect(origin('{{ a() }}', files, 'bad')).toMatchObject({ file: 'b.sql', written: 'bad{% endmacro %}' });
  });
  it('counts a call block as part of what it is written in', () => {
    const files = { 'w.sql': '{% macro wrap() %}with x as ({{ caller() }}){% endmacro %}' };
    const template = '{% call wrap() %}select {{ 1 }} bad{% endcall %}';
    const found = origin(template, files, 'bad');
    expect(found).toMatchObject({ file: 'model.sql', via: [], written: 'bad{% endcall %}' });
    expect(origin(template, files, 'with')).toMatchObject({ file: 'w.sql', via: ['pkg.wrap'] });
  });
  it('keeps a call block within a macro with that macro', () => {
    const files = {
      'w.sql': '{% macro wrap() %}({{ caller() }}){% endmacro %}',
      'u.sql': '{% macro use() %}{% call wrap() %}bad{% endcall %}{% endmacro %}',
    };
    expect(origin('{{ use() }}', files, 'bad')).toMatchObject({ file: 'u.sql', via: ['pkg.use'] });
  });
  it('goes through variables that hold a block or what a macro returned', () => {
    const files = { 'm.sql': '{% macro m() %}select from macro{% endmacro %}' };
    expect(origin('{% set q %}select {{ 1 }} bad{% endset %}-- {{ q }}', files, 'bad').written).toMatch(/^bad/);
    expect(origin('{% set q = m() %}{{ q }}', files, 'macro')).toMatchObject({ file: 'm.sql', via: ['pkg.m'] });
  });
  it('goes through loops, recursive ones too', () => {
    expect(origin('{% for i in [1, 2] %}a{{ i }}b{% endfor %}', {}, '2b').written).toMatch(/^i \}\}/);
    const recursive = '{% for i in [[], [[]]] recursive %}<{{ loop(i) }}>{% endfor %}';
    expect(origin(recursive, {}, '<<').written).toMatch(/^<\{\{/);
  });
  it('counts offsets of the file itself where lines end in CRLF', () => {
    const template = 'a\r\nb\r\n{{ "x" }} c\r\nbad';
    const found = origin(template, {}, 'bad');
    expect(found.written).toBe('bad');
    const files = { 'm.sql': '-- one\r\n\r\n{% macro m() %}\r\nx\r\nbad{% endmacro %}' };
    expect(origin('{{ m() }}', files, 'bad').written).toBe('bad{% endmacro %}');
  });
  it('works the same for renders that wait', async () => {
    const scope = scopeOf({ 'm.sql': '{% macro m() %}a bad{% endmacro %}' });
    const { text, map } = await drive(compileTemplate('x {{ m() }}', 'model.sql').renderWaiting(scope));
    expect(map.locate(text.indexOf('bad'))).toMatchObject({ file: 'm.sql', start: 17 });
  });
  it('knows nothing beyond the text', () => {
    const { map } = compileTemplate('abc', 'model.sql').render(scopeOf({}));
    expect(map.locate(-1)).toBeUndefined();
    expect(map.locate(99)).toBeUndefined();
  });
});

describe('errors', () => {
  it('point at the expression that failed', () => {
    const template = 'a {{ 1 }} {{ nope.field }} b';
    const error = errorOf(template, scopeOf({}));
    expect(error.type).toBe('UndefinedError');
    expect(error.message).toContain("'nope' is undefined");
    expect(template.slice(error.at.start, error.at.end)).toBe('nope.field');
  });
  it('point at the inner of two operations', () => {
    const template = '{{ (1 + none) * [2, 3]|length }}';
    const error = errorOf(template, scopeOf({}));
    expect(error.type).toBe('TypeError');
    expect(template.slice(error.at.start, error.at.end)).toBe('(1 + none)');
  });
  it('show the macros that led there', () => {
    const files = {
      'outer.sql': '{% macro outer(x) %}{{ inner(x) }}{% endmacro %}',
      'inner.sql': '\n{% macro inner(x) %}{{ x.missing.field }}{% endmacro %}',
    };
    const template = '{{ outer(1) }}';
    const error = errorOf(template, scopeOf(files));
    expect(error.at.file).toBe('inner.sql');
    expect(files['inner.sql'].slice(error.at.start, error.at.end)).toBe('x.missing.field');
    expect(error.at.via!.map(({ macro, file }) => [macro, file])).toEqual([
      ['pkg.outer', 'outer.sql'],
      ['pkg.inner', 'inner.sql'],
    ]);
    expect(template.slice(error.at.origin!.start, error.at.origin!.end)).toBe('outer(1)');
  });
  it('of a wrong call point at the call', () => {
    const template = 'x {{ m(1, 2) }}';
    const error = errorOf(template, scopeOf({ 'm.sql': '{% macro m(a) %}{% endmacro %}' }));
    expect(error.at.file).toBe('model.sql');
    expect(template.slice(error.at.start, error.at.end)).toBe('m(1, 2)');
  });
  it('of the host pass through unchanged, their place at hand', () => {
    const files = { 'm.sql': '{% macro m() %}{{ fail() }}{% endmacro %}' };
    const error = thrownBy(() => compileTemplate('{{ m() }}', 'model.sql').render(scopeOf(files, { fail })));
    expect(error).toBeInstanceOf(DiagnosticError);
    expect(errorPlace(error)).toMatchObject({ file: 'm.sql', start: 18, via: [{ macro: 'pkg.m' }] });
  });
  it('of a request that fails arise inside the template', async () => {
    const ask = new PyFunction('ask', undefined, function* () {
      yield () => Promise.reject(new DiagnosticError());
      return null;
    });
    const steps = compileTemplate('a {{ ask() }}', 'model.sql').renderWaiting(scopeOf({}, { ask }));
    const error = await drive(steps).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DiagnosticError);
    expect(errorPlace(error)).toMatchObject({ file: 'model.sql', start: 5 });
  });
  it('of endless recursion say so, long before the stack ends and when it does', () => {
    const files = { 'm.sql': '{% macro m() %}{{ m() }}{% endmacro %}' };
    expect(errorOf('{{ m() }}', scopeOf(files)).type).toBe('RecursionError');
    expect(errorOf('{{ m() }}', scopeOf(files), { maxDepth: 1e9 }).type).toBe('RecursionError');
    expect(errorOf('{% for x in [0] recursive %}{{ loop([0]) }}{% endfor %}', scopeOf({})).type).toBe('RecursionError');
  });
  it('of return() outside of a macro say so', () => {
    expect(errorOf('{{ return(1) }}', scopeOf({})).message).toContain('return()');
  });
  it.each([
    ['{{ a', 'the end of the file', 4],
    ['{% if x %}a', "'{% if %}' is never closed", 0],
    ['{% for x in y %}{% if z %}{% endfor %}', "unknown tag 'endfor'", 29],
    ['{{ a b }}', "found 'b'", 5],
    ['{{ "a }}', 'never closed', 3],
    ['{{ a # b }}', "unexpected character '#'", 5],
    ['{{ (a] }}', "unexpected ']'", 5],
    ['{% nope %}', "unknown tag 'nope'", 3],
    ['a {# b', 'comment', 2],
    ['{% break %}', "'break'", 0],
    ['{% set 1 = 2 %}', 'assigned', 7],
    ['{% endif %}', "unknown tag 'endif'", 3],
    ['{% macro m(a=1, b) %}{% endmacro %}', "'b' needs a default", 16],
    ['{% call x %}{% endcall %}', 'needs a call', 8],
  ])('of syntax point at the token: %s', (source, message, start) => {
    const error = errorOf(source, scopeOf({}));
    expect(error.type).toBe('TemplateSyntaxError');
    expect(error.message).toContain(message);
    expect(error.at.start).toBe(start);
  });
});

describe('the place of a running call', () => {
  it('is known to the function called', () => {
    const places: unknown[] = [];
    const where = new PyFunction('where', (_args, _kwargs, runtime) => {
      places.push(runtime.here());
      return '';
    });
    const files = { 'm.sql': '{% macro m() %}ab{{ where() }}{% endmacro %}' };
    compileTemplate('{{ where() }}{{ m() }}', 'model.sql').render(scopeOf(files, { where }));
    expect(places[0]).toEqual({ file: 'model.sql', start: 3, end: 10 });
    expect(places[1]).toMatchObject({ file: 'm.sql', start: 20, end: 27, via: [{ macro: 'pkg.m' }] });
  });
  it('is told to the observer by macro', () => {
    const seen: string[] = [];
    const files = {
      'm.sql': '{% macro m() %}{{ n() }}{% endmacro %}{% macro n() %}{{ return(1) }}{% endmacro %}',
    };
    const observer = { enter: (name: string) => seen.push(`+${name}`), exit: (name: string) => seen.push(`-${name}`) };
    compileTemplate('{% macro own() %}{{ m() }}{% endmacro %}{{ own() }}', 'x').render(scopeOf(files), { observer });
    expect(seen).toEqual(['+pkg.m', '+pkg.n', '-pkg.n', '-pkg.m']);
  });
});
