import { describe, expect, it } from 'vitest';
import { type Diagnostic, diagnostic, type Span } from '../../src/core/index.ts';
import { type RenderOptions, renderDiagnostic, renderDiagnostics } from '../../src/report/index.ts';

const missing = diagnostic<{ name: string }>('XF4001', {
  category: 'Compilation',
  message: ({ name }) => `Model 'stg_order' depends on a node named '${name}' which was not found`,
  help: () => ["did you mean 'raw_order'?"],
});

const files: Readonly<Record<string, string>> = {
  'models/a.sql': "with x as (\n\n  select * from {{ ref('raw_orders') }}\n)\nselect 1\n",
  'macros/m.sql': '{% macro m() %}\n\t{{ oops }}\n{% endmacro %}\n',
  'wide.sql': `select ${'col, '.repeat(60)}oops, ${'col, '.repeat(60)}1`,
};

function span(file: string, text: string): Span {
  const start = files[file]!.indexOf(text);
  return { file, start, end: start + text.length };
}

function render(one: Diagnostic, options: Partial<RenderOptions> = {}): string {
  return renderDiagnostic(one, { read: (file) => files[file], colors: false, width: 80, ...options });
}

describe('renderDiagnostic', () => {
  it('has the headline of dbt, the place, the code, a mark, and what to do', () => {
    expect(render(missing({ name: 'raw_orders' }, { at: span('models/a.sql', "ref('raw_orders')") }))).toBe(
      [
        'Compilation Error',
        "  Model 'stg_order' depends on a node named 'raw_orders' which was not found",
        '  --> models/a.sql:3:20 [XF4001]',
        '    |',
        "  3 |   select * from {{ ref('raw_orders') }}",
        '    |                    ^^^^^^^^^^^^^^^^^',
        '  4 | )',
        "    = help: did you mean 'raw_order'?",
      ].join('\n'),
    );
  });

  it('names node and path in the headline where they are known', () => {
    const text = render(missing({ name: 'x' }), { where: 'model a (models/a.sql)' });
    // The pattern by which programs find category and node of dbt's errors.
    expect(/^([\w .]+?) Error(?:\s+in (.*))?$/.exec(text.split('\n')[0]!)?.slice(1)).toEqual([
      'Compilation',
      'model a (models/a.sql)',
    ]);
    expect(text).toContain("\n   = help: did you mean 'raw_order'? [XF4001]");
  });

  it('tells the way through macros, innermost first', () => {
    const at: Span = {
      ...span('macros/m.sql', 'oops'),
      via: [
        { macro: 'p.outer', file: 'gone.sql', start: 0, end: 1 },
        { macro: 'p.m', ...span('macros/m.sql', 'oops') },
      ],
    };
    const text = render(missing({ name: 'x' }, { at }));
    expect(text).toContain('  --> macros/m.sql:2:5 [XF4001]');
    expect(text).toContain('  2 |     {{ oops }}\n    |        ^^^^');
    expect(text).toContain('    = in macro p.m (macros/m.sql:2:5)\n    = called from macro p.outer (gone.sql)\n');
  });

  it('shows labels under their own places', () => {
    const labels = [{ span: span('models/a.sql', 'select 1'), text: 'defined here' }];
    const text = render(missing({ name: 'x' }, { at: span('models/a.sql', 'x as'), labels }));
    expect(text).toContain('  ::: models/a.sql:5:1\n');
    expect(text).toContain('    | -------- defined here');
  });

  it('cuts long lines around the mark', () => {
    const lines = render(missing({ name: 'x' }, { at: span('wide.sql', 'oops') })).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(84);
    const source = lines.find((line) => line.includes('oops'))!;
    const mark = lines.find((line) => line.includes('^^^^'))!;
    expect(mark.indexOf('^^^^')).toBe(source.indexOf('oops'));
  });

  it('does without the file, and without a place', () => {
    expect(render(missing({ name: 'x' }, { at: { file: 'gone.sql', start: 0, end: 1 } }))).toContain(
      '  --> gone.sql [XF4001]\n   = help: ',
    );
  });

  it('marks the first line of a stretch of several', () => {
    const at = { file: 'models/a.sql', start: 0, end: 30 };
    expect(render(missing({ name: 'x' }, { at }))).toContain('  1 | with x as (\n    | ^^^^^^^^^^^\n');
  });

  it('colours, and puts an empty line between diagnostics', () => {
    const options = { read: () => undefined, colors: true, width: 80 };
    const text = renderDiagnostics([missing({ name: 'x' }), missing({ name: 'y' })], options);
    expect(text.split('\n\n')).toHaveLength(2);
    expect(text).toContain('\u001b[31mCompilation Error\u001b[0m');
  });
});
