import { describe, expect, it } from 'vitest';
import { type Block, compileMacro, extractBlocks, JinjaError } from '../../src/jinja/index.ts';

function names(source: string, only?: Block['kind'][]): string[] {
  return extractBlocks(source, 'file', { only }).map((block) => `${block.kind} ${block.name}`);
}

describe('blocks of a file', () => {
  it('have the names dbt gives them', () => {
    const source = `
      {% macro a(x, y='}}', z={"k": [1]}) %}{% endmacro %}
      {%- materialization view, default -%}{%- endmaterialization -%}
      {% materialization inc, adapter='duckdb', supported_languages=['sql', 'python'] %}{% endmaterialization %}
      {% test unique(model) %}{% endtest %}
      {% data_test positive(model) %}{% enddata_test %}
      {% snapshot s %}select 1{% endsnapshot %}
      {% docs d %}words{% enddocs %}`;
    expect(names(source)).toEqual([
      'macro a',
      'materialization materialization_view_default',
      'materialization materialization_inc_duckdb',
      'test test_unique',
      'test test_positive',
      'snapshot s',
      'docs d',
    ]);
    expect(names(source, ['docs', 'test'])).toEqual(['test test_unique', 'test test_positive', 'docs d']);
    const [macro, , incremental] = extractBlocks(source, 'file');
    expect(macro!.args).toEqual([
      { name: 'x' },
      { name: 'y', defaultSource: "'}}'" },
      { name: 'z', defaultSource: '{"k": [1]}' },
    ]);
    expect(incremental).toMatchObject({ plainName: 'inc', adapter: 'duckdb', supportedLanguages: ['sql', 'python'] });
  });
  it('carry types of arguments', () => {
    const [block] = extractBlocks('{% macro m(a: Optional[dict[str, int]], b: string = none) %}{% endmacro %}', 'f');
    expect(block!.args).toEqual([
      { name: 'a', annotation: 'Optional[dict[str, int]]' },
      { name: 'b', annotation: 'string', defaultSource: 'none' },
    ]);
  });
  it('end where their own end tag is', () => {
    const body = `{# {% endmacro %} #}{{ "{% endmacro %}" }}{% raw %}{% endmacro %}{% endraw %}
      {% macro inner() %}{% endmacro %}{% set x = '%}' %}`;
    const source = `before {% macro m() %}${body}{%- endmacro -%} after`;
    const [block, ...others] = extractBlocks(source, 'f');
    expect(others).toEqual([]);
    expect(source.slice(block!.body.start, block!.body.end)).toBe(body);
    expect(block!.source).toBe(source.slice(7, -6));
    expect(source.slice(block!.span.start, block!.span.end)).toBe(block!.source);
  });
  it('are not disturbed by what stands between them', () => {
    const markdown = `# Title {#anchor}
      Use \`{{ ref('x') }}\` or {{ broken, {% if, {% unknown %} it's "quoted
      {% docs one %} It's {{ unclosed, {# and {% odd %}{% enddocs %}
      {% raw %}{% docs no %}{% enddocs %}{% endraw %}
      {% docs two %}{% raw %}{% enddocs %}{% endraw %}{% enddocs %} {{`;
    expect(names(markdown, ['docs'])).toEqual(['docs one', 'docs two']);
    expect(names("it's {% enddocs %} {% macro", ['docs'])).toEqual([]);
  });
  it.each([
    ['{% macro m() %}', "'macro m' is never closed"],
    ['x {% macro m( %}{% endmacro %}', "')' was expected"],
    ['{% macro %}{% endmacro %}', 'expected a name'],
    ['{% docs a %}x', "'docs a' is never closed"],
    ['{% materialization m, nope=1 %}{% endmaterialization %}', "has no 'nope'"],
    ['{% macro m()', 'found the end of the file'],
  ])('that are broken are an error: %s', (source, message) => {
    expect(() => extractBlocks(source, 'f')).toThrow(JinjaError);
    expect(() => extractBlocks(source, 'f')).toThrow(message);
  });
  it('keep their offsets in files with CRLF', () => {
    const source = '-- one\r\n\r\n{% macro m(\r\n  a=1\r\n) %}\r\nx{% endmacro %}\r\n';
    const [block] = extractBlocks(source, 'f');
    expect(source.slice(block!.span.start, block!.span.end)).toBe(block!.source);
    expect(source.slice(block!.body.start, block!.body.end)).toBe('\r\nx');
  });
});

describe('calls known without rendering', () => {
  it('are those of named things, with what is literal in them', () => {
    const source = `x {% macro m(t) %}{{ ref('a', "b") }} {{ dbt_utils.star(from=ref(t), except=['x', -1]) }}
      {% do adapter.dispatch('f', 'pkg')(t) %}{% if not config.get('k', {}) %}{{ f(*t) | join(var('v')) }}{% endif %}{% endmacro %}`;
    const [block] = extractBlocks(source, 'f');
    const calls = compileMacro(block!, source, 'f').calls();
    expect(calls.map((call) => call.callee)).toEqual([
      'ref',
      'dbt_utils.star',
      'ref',
      'adapter.dispatch',
      'config.get',
      'f',
      'var',
    ]);
    expect(calls[0]!.args.map((arg) => arg.literal)).toEqual(['a', 'b']);
    expect(source.slice(calls[0]!.span.start, calls[0]!.span.end)).toBe(`ref('a', "b")`);
    const [from, except] = calls[1]!.kwargs;
    expect([from!.name, from!.arg.source, from!.arg.literal]).toEqual(['from', 'ref(t)', undefined]);
    expect([except!.name, except!.arg.literal]).toEqual(['except', ['x', -1]]);
    expect(source.slice(except!.arg.span.start, except!.arg.span.end)).toBe("['x', -1]");
    expect(calls.map((call) => call.dynamic)).toEqual([false, false, false, false, false, true, false]);
  });
});
