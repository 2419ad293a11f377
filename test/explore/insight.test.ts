import { describe, expect, it } from 'vitest';
import { island } from '../../src/explore/island.ts';
import { columnPath } from '../../src/explore/page/column-path.ts';
import { columnImpact, impactMarkdown, nodeImpact } from '../../src/explore/page/impact.ts';
import { Project } from '../../src/explore/page/project.ts';
import { Search } from '../../src/explore/page/search.ts';
import { selectNodes } from '../../src/explore/page/selection.ts';
import { sqlTokens } from '../../src/explore/page/sql-tokens.ts';
import { timelineOf } from '../../src/explore/page/timeline.ts';
import { largeProject } from './large-project.ts';

const project = new Project(island(largeProject(30)).data);
const node = (name: string): number => project.find(`model.large.${name}`)!;
const names = (nodes: Iterable<number>): string[] => [...nodes].map((one) => project.nodes[one]!.name).sort();

describe('what a column hangs together with', () => {
  it('goes all the way up and down', () => {
    const column = project.findColumn(node('int_support_15'), 'VALUE_1')!;
    const path = columnPath(project, column);
    const above = new Set([...path.up].map((one) => project.nodes[project.nodeOfColumn[one]!]!.name));
    const below = new Set([...path.down].map((one) => project.nodes[project.nodeOfColumn[one]!]!.name));
    expect([...above].every((name) => name.startsWith('stg_'))).toBe(true);
    expect([...below].every((name) => name.startsWith('fct_'))).toBe(true);
    expect(above.size).toBe(project.parents(node('int_support_15')).length);
    expect([...path.columns].every((one) => project.columnName(one) === 'value_1')).toBe(true);
    for (const { from, to } of path.edges) expect(path.columns.has(from) && path.columns.has(to)).toBe(true);
  });

  it('is less for one column than for the whole node', () => {
    const start = node('stg_sales_0');
    const whole = nodeImpact(project, start);
    const one = columnImpact(project, project.findColumn(start, 'value_2')!);
    expect(whole.models.length).toBeGreaterThan(0);
    expect(one.columns.length).toBeLessThan(whole.columns.length);
    expect(names(one.tests).filter((name) => name.includes('stg_'))).toEqual([]);
    // `id` has tests of its own, and decides on rows.
    const id = columnImpact(project, project.findColumn(start, 'id')!);
    expect(id.tests.length).toBeGreaterThan(one.tests.length);
  });

  it('can be taken along as Markdown', () => {
    const text = impactMarkdown(project, nodeImpact(project, node('stg_sales_0')));
    expect(text).toMatch(
      /^### Impact of `stg_sales_0`\n\nA change reaches \d+ models, \d+ columns, 0 exposures, \d+ tests\./,
    );
    expect(text).toMatch(/\n- `int_\w+\.value_1` (copy|derive|aggregate)/);
  });
});

describe('search', () => {
  const search = new Search(project);

  it('has the nearest name first, and columns with their tables', () => {
    expect(search.find('int_support').nodes[0]!.node).toBe(node('int_support_15'));
    const [hit] = search.find('support_15.value_3').columns;
    expect([hit!.node, project.columnName(hit!.column!)]).toEqual([node('int_support_15'), 'value_3']);
    expect(search.find('number 15').descriptions.map((one) => one.node)).toEqual([node('int_support_15')]);
    expect(search.find('   ')).toEqual({ nodes: [], columns: [], descriptions: [] });
  });

  it('does not list what is not to be listed', () => {
    const { data } = project;
    const hidden = { ...data.configs[data.nodes[node('stg_sales_0')]!.config]!, docs: { show: false } };
    const nodes = data.nodes.map((one, n) =>
      n === node('stg_sales_0') ? { ...one, config: data.configs.length } : one,
    );
    const other = new Project({ ...data, configs: [...data.configs, hidden], nodes });
    expect(other.isDrawn(node('stg_sales_0'))).toBe(true);
    const found = new Search(other).find('stg_sales_0').nodes.map((hit) => hit.node);
    expect(search.find('stg_sales_0').nodes.map((hit) => hit.node)).toContain(node('stg_sales_0'));
    expect(found).not.toContain(node('stg_sales_0'));
  });

  it('selects as the command line does', () => {
    const found = (text: string): string[] => {
      const selected = selectNodes(project, text);
      if ('problem' in selected) throw new Error(selected.problem);
      return names(selected.nodes).filter((name) => /^(stg|int|fct)/.test(name));
    };
    expect(found('1+int_support_15')).toEqual(
      names([node('int_support_15'), ...project.parents(node('int_support_15'))]),
    );
    expect(
      found('path:models/marts/sales,config.materialized:view').every((name) => name.startsWith('fct_sales')),
    ).toBe(true);
    expect(found('fct_* --exclude fct_sales_*').some((name) => name.includes('sales'))).toBe(false);
    expect(found('result:success')).toHaveLength(30);
    expect(selectNodes(project, 'stg_saels_0')).toEqual({
      problem: 'nothing matches',
      help: "Did you mean 'stg_sales_0'?",
    });
    expect(selectNodes(project, 'tagg:x')).toMatchObject({ help: "Did you mean 'tag:x'?" });
    expect(selectNodes(project, 'state:new')).toHaveProperty('problem');
  });
});

describe('the timeline', () => {
  it('has every turn, and a path on which each begins after the one before has ended', () => {
    const timeline = timelineOf(project)!;
    expect(timeline.turns).toHaveLength(project.nodes.length);
    expect(timeline.lanes).toEqual(['Thread-1', 'Thread-2', 'Thread-3', 'Thread-4']);
    const { critical } = timeline;
    expect(critical.at(-1)!.end).toBe(timeline.end);
    for (let i = 1; i < critical.length; i++)
      expect(critical[i]!.start).toBeGreaterThanOrEqual(critical[i - 1]!.end - 1);
  });
});

describe('the colouring of SQL', () => {
  const kinds = (sql: string): string[] => sqlTokens(sql).map(({ kind, text }) => `${kind} ${text.trim()}`);

  it('tells keywords, names, strings, numbers, comments, functions and Jinja apart', () => {
    expect(kinds(`select count(*), "A", 'it''s', 1.5 from {{ ref('x') }} -- why`)).toEqual([
      'keyword select',
      'plain ',
      'function count',
      'plain (*),',
      'name "A"',
      'plain ,',
      "string 'it''s'",
      'plain ,',
      'number 1.5',
      'plain ',
      'keyword from',
      'plain ',
      "jinja {{ ref('x') }}",
      'plain ',
      'comment -- why',
    ]);
  });

  it('loses nothing', () => {
    for (const sql of ["'open", '{% if x %}{# c #}', 'a--b\n/* c', '', 'ünïcode ❄ 1e5 $$body$$'])
      expect(
        sqlTokens(sql)
          .map(({ text }) => text)
          .join(''),
      ).toBe(sql);
  });
});
