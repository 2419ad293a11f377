import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { COMPILER_VERSION } from '../../src/jinja/compile-cache.ts';
import { factoryText } from '../../src/jinja/compiled.ts';
import { parse } from '../../src/jinja/parser.ts';
import { SourceText } from '../../src/jinja/source-text.ts';
import { templateCode } from '../../src/jinja/statement-code.ts';

/** One of everything that code is made for. */
const SPECIMEN = `a {{ x.y[1](2, *z, k=3, **w) | upper | join(',') }} {{ -1 + 2 ~ 3 if a and b or not c < d < e in f else 1.0 }}
{% set ns = namespace() %}{% set ns.a, b = [1, (2,), {'k': 1}], x[1:2] %}{% set q | trim %}{{ b }}{% endset %}
{% for i, j in x if i is divisibleby 2 %}{{ loop.index }}{% break %}{% else %}{% endfor %}{% for i in x recursive %}{{ loop(i) }}{% endfor %}
{% macro m(a, b=a) %}{{ caller(1) }}{{ varargs }}{{ kwargs }}{% endmacro %}{% call(c) m(1) %}{{ c }}{% endcall %}
{% filter upper %}{% with a = 1 %}{% if a is defined %}{% do a %}{% elif 1 %}{% else %}{% endif %}{% endwith %}{% endfilter %}`;

it('changes only together with the version of the compiler, which the compile cache goes by', () => {
  const tree = parse(new SourceText('specimen', SPECIMEN));
  const code = [
    { waits: false, parts: false },
    { waits: true, parts: false },
    { waits: false, parts: true },
  ].map((mode) => factoryText(templateCode(tree, mode)));
  const hash = createHash('sha256').update(code.join('\n')).digest('hex').slice(0, 16);
  // Where the hash differs: raise COMPILER_VERSION and write both down here.
  expect([COMPILER_VERSION, hash]).toEqual([3, 'cac2cb3227c2e5d1']);
});
