import { describe, expect, it } from 'vitest';
import {
  callPlain,
  callSteps,
  compileMacro,
  compileTemplate,
  drive,
  extractBlocks,
  JinjaError,
  nativeRender,
  PyDict,
  PyFunction,
  type RenderOptions,
  returnFunction,
  type Scope,
  type Value,
} from '../../src/jinja/index.ts';

const scopeOf = (names: Readonly<Record<string, Value>> = {}): Scope => ({
  lookup: (name) => (Object.hasOwn(names, name) ? names[name] : undefined),
});
function render(source: string, names?: Readonly<Record<string, Value>>, options?: RenderOptions): string {
  return compileTemplate(source, 'm.sql').render(scopeOf(names), options).text;
}

describe('the grammar', () => {
  it.each([
    ['a colon may end a tag', '{% if true: %}a{% else: %}b{% endif %}{% for x in [1]: %}{{ x }}{% endfor %}', 'a1'],
    [
      'a macro may say its types',
      '{% macro m(a: Optional[dict[str, int]], b: int = 2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}',
      '12',
    ],
    ['blocks of dbt define what dbt calls them', '{% test t(x) %}{{ x }}{% endtest %}{{ test_t(1) }}', '1'],
    [
      'a materialization is a macro',
      "{% materialization a, adapter='b' %}x{% endmaterialization %}{{ materialization_a_b() }}",
      'x',
    ],
    ['a plus and a minus in delimiters', 'a {{+ 1 }} {{- 2 }} {%+ if 1 +%} b{%- endif %}\n', 'a 12  b'],
    [
      'print, with, block, autoescape',
      '{% print 1 %}{% with a = 2 %}{{ a }}{% endwith %}{% block b %}3{% endblock %}{% autoescape true %}4{% endautoescape %}',
      '1234',
    ],
    ['filters on a block', '{% filter upper | replace("A", "b") %}aA{% endfilter %}', 'bb'],
    ['an index after a dot', '{{ [[1, 2]].0.1 }}', '2'],
    ['a slice with gaps', '{{ "abcdef"[1::2] }}{{ "abc"[:] }}{{ [1, 2, 3][:-1] }}', 'bdfabc[1, 2]'],
    [
      'numbers in all spellings',
      '{{ 0x1f }} {{ 0b11 }} {{ 0o17 }} {{ 1_0 }} {{ 1e3 }} {{ 1.5e-3 }} {{ 00 }}',
      '31 3 15 10 1000.0 0.0015 0',
    ],
    ['line ends in strings and text', 'a\r\n{{ "x\r\ny" }}\rb', 'a\nx\ny\nb'],
    ['calls after filters', '{{ ("a"|upper).lower() }}{{ [1]|first == 1 }}', 'aTrue'],
    ['tests with tests beside them', '{{ 1 is defined and 2 is not none }}{{ 3 is not in [3] }}', 'TrueFalse'],
    ['an empty template', '', ''],
    ['targets within a namespace', '{% set ns = namespace(a=0) %}{% set ns.a, b = 1, 2 %}{{ ns.a }}{{ b }}', '12'],
  ])('%s', (_what, source, expected) => {
    expect(render(source)).toBe(expected);
  });
  it.each(['include "x"', 'extends "x"', 'import "x" as y', 'from "x" import a, b as c with context'])(
    'knows %s, but has nothing to load',
    (tag) => {
      expect(() => render(`{% if false %}{% ${tag} %}{% endif %}ok`)).not.toThrow();
      expect(() => render(`{% ${tag} %}`)).toThrow(JinjaError);
    },
  );
});

describe('scopes', () => {
  it.each([
    ['a name set in one branch only is else the host’s', '{% if h == 1 %}{% set a = 5 %}{% endif %}{{ a }}', 'HOST'],
    [
      'an assignment in a loop starts from outside each time',
      '{% for i in [1, 2] %}{% set a = a ~ i %}{{ a }};{% endfor %}{{ a }}',
      'HOST1;HOST2;HOST',
    ],
    ['the body of a set block is its own', '{% set x %}{% set y = 1 %}{{ y }}{% endset %}{{ x }}{{ y }}', '1'],
    [
      'a default may use an argument before it, not after',
      '{% macro m(p, q=p, r=s, s=1) %}{{ p }}{{ q }}{{ r }}{% endmacro %}{{ m(1) }}',
      '11',
    ],
    ['the last of two names in with counts', '{% with x = 1, x = 2 %}{{ x }}{% endwith %}', '2'],
    ['else runs where no body ran to its end', '{% for i in [1] %}{% continue %}{% else %}else{% endfor %}', 'else'],
    [
      'a loop condition is asked as the loop goes on',
      '{% set seen = [] %}{% for i in [1, 1, 2] if i not in seen %}{% do seen.append(i) %}{{ i }}{% endfor %}',
      '12',
    ],
    [
      'a list may grow while it is gone through',
      '{% set l = [1] %}{% for i in l %}{{ i }}{% if i < 3 %}{% do l.append(i + 1) %}{% endif %}{% endfor %}',
      '123',
    ],
    [
      'loops within loops have their own loop',
      '{% for i in [1, 2] %}{% for j in [1] %}{{ loop.last }}{% endfor %}{{ loop.last }} {% endfor %}',
      'TrueFalse TrueTrue ',
    ],
    ['recursion knows its depth', '{% for i in [[[]]] recursive %}{{ loop.depth }}{{ loop(i) }}{% endfor %}', '12'],
    [
      'break leaves the inner loop',
      '{% for i in [1, 2] %}{% for j in [1, 2] %}{% break %}{% endfor %}{{ i }}{% endfor %}',
      '12',
    ],
    ['a macro’s own return ends it', '{% macro m() %}a{{ return(5) }}{% endmacro %}{{ m() + 1 }}', '6'],
  ])('%s', (_what, source, expected) => {
    expect(render(source, { a: 'HOST', h: 0, return: returnFunction })).toBe(expected);
  });
  it('a macro does not see what stands beside it in its file', () => {
    const source =
      '{% set x = 1 %}{% macro m() %}{{ x }}{{ other is defined }}{% endmacro %}{% macro other() %}{% endmacro %}';
    const m = compileMacro(extractBlocks(source, 'f')[0]!, source, 'f').bind(scopeOf({ x: 'host' }), 'pkg.m');
    expect(render('{{ m() }}', { m })).toBe('hostFalse');
  });
  it('names of the host are looked up when a run needs them, not before', () => {
    let execute: Value = false;
    const template = compileTemplate('{{ execute }}', 'm');
    const scope: Scope = { lookup: (name) => (name === 'execute' ? execute : undefined) };
    expect(template.render(scope).text).toBe('False');
    execute = true;
    expect(template.render(scope).text).toBe('True');
  });
});

describe('undefined', () => {
  const lenient: RenderOptions = { undefined: 'lenient' };
  it('is read on from in a lenient render', () => {
    const source =
      '[{{ x.y.z(1)[2] }}{{ {}.a.b }}{{ x is defined }}{% for i in x.y %}{{ i }}{% endfor %}{% if x() %}{% endif %}]';
    expect(render(source, {}, lenient)).toBe('[False]');
    expect(() => render(source)).toThrow("'x' is undefined");
  });
  it('is no value to reckon with in either', () => {
    expect(() => render('{{ x + 1 }}', {}, lenient)).toThrow(JinjaError);
    expect(() => render('{{ x + 1 }}')).toThrow("'x' is undefined");
  });
  it('passes through a call block in a lenient render', () => {
    expect(render('a{% call x() %}b{% endcall %}', {}, lenient)).toBe('a');
  });
});

describe('calls', () => {
  it.each([
    ['{{ m(1, 2, 3) }}', 'at most 2 arguments, 3 were given'],
    ['{{ m(z=1) }}', "no argument named 'z'"],
    ['{{ m(1, a=2) }}', "no argument named 'a'"],
    ['{% call m() %}{% endcall %}', 'does not call its caller'],
    ['{{ 5() }}', "'int' object is not callable"],
    ['{{ 1 | nope }}', "no filter named 'nope'"],
    ['{{ 1 is nope }}', "no test named 'nope'"],
    ['{% set a, b = [1] %}', '2 values were expected'],
    ['{% set d = {} %}{% set d.x = 1 %}', 'only the attributes of a namespace'],
    ['{{ {[]: 1} }}', 'unhashable'],
    ['{{ m(**{"a": 1}, **{"b": 2}) }}', "only one '**'"],
  ])('that cannot be are errors: %s', (source, message) => {
    expect(() => render(`{% macro m(a, b=2) %}{% endmacro %}${source}`)).toThrow(JinjaError);
    expect(() => render(`{% macro m(a, b=2) %}{% endmacro %}${source}`)).toThrow(message);
  });
  it('of filters that do not exist do no harm where they are not reached', () => {
    expect(render('{% if false %}{{ 1 | nope }}{% endif %}ok')).toBe('ok');
  });
  it('come from outside of templates, too', async () => {
    const source = '{% macro m(a, b) %}{{ return([a, b, ask(3)]) }}{% endmacro %}';
    const ask = new PyFunction(
      'ask',
      ([value]) => value!,
      function* ([value]) {
        const answer = yield () => Promise.resolve((value as number) + 1);
        return answer as Value;
      },
    );
    const scope = scopeOf({ return: returnFunction, ask });
    const m = compileMacro(extractBlocks(source, 'f')[0]!, source, 'f').bind(scope, 'pkg.m');
    expect(callPlain(m, [1], new Map([['b', 2]]), scope)).toEqual([1, 2, 3]);
    expect(await drive(callSteps(m, [1, 2], null, scope))).toEqual([1, 2, 4]);
    expect(() => callPlain(m, [1, 2, 3], null, scope)).toThrow(JinjaError);
  });
  it('are answered by whoever drives', async () => {
    const ask = new PyFunction('ask', undefined, function* ([value]) {
      return (yield () => Promise.resolve(value!)) as Value;
    });
    const answered: Value[] = [];
    const steps = compileTemplate(
      '{{ ask(1) }}{% for i in [ask(2)] if ask(i) %}{{ ask(i) }}{% endfor %}',
      'm',
    ).renderWaiting(scopeOf({ ask }));
    const { text } = await drive(steps, async (request) => {
      const answer = await request();
      answered.push(answer);
      return answer;
    });
    expect([text, answered]).toEqual(['12', [1, 2, 2, 2]]);
  });
});

describe('values rendered as themselves', () => {
  const native = (source: string, names?: Readonly<Record<string, Value>>) =>
    nativeRender(compileTemplate(source, 'm'), scopeOf(names));
  it('keep the type of a lone expression', () => {
    expect(native('{{ [1, 2] }}')).toEqual([1, 2]);
    expect(native('{{ d }}', { d: new PyDict() })).toBeInstanceOf(PyDict);
    expect(native('{{ "1" | as_number }}')).toBe(1);
    expect(native('{{ "True" | as_bool }}')).toBe(true);
    expect(() => native('{{ "yes" | as_bool }}')).toThrow(JinjaError);
  });
  it('are text where there is more than one', () => {
    expect(native('{{ 1 }}{{ 2 }}')).toBe('12');
    expect(native('a{% for i in [1, 2] %}{{ i }}{% endfor %}{% set x %}b{{ 3 }}{% endset %}{{ x }}')).toBe('a12b3');
    expect(native('')).toBe('');
  });
});
